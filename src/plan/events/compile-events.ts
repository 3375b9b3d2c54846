import { isRecord } from '../../http/index.ts'
import type { ActionPlan } from '../action-plan.ts'
import type { CompileAction } from '../auth/credential-actions.ts'
import { type Compiler, type DefinitionPath, safely } from '../compiler.ts'
import type { DeliveryScope, EventsPlan, RouterPlan, RulePlan, SignaturePlan } from './events-plan.ts'

type Definition = Readonly<Record<string, unknown>>
type Read = (scope: DeliveryScope) => unknown

/** What steps of a subscription can read as inputs. */
const setupInputs = [
  { name: 'webhookUrl', type: 'string', required: false, description: 'Address that takes the deliveries.' },
  {
    name: 'secret',
    type: 'string',
    required: false,
    description: 'Key that deliveries are to be signed with.',
  },
  { name: 'events', type: 'string', array: true, required: false, description: 'Events wanted.' },
  { name: 'subscription', type: 'object', required: false, description: 'What the creation gave.' },
]

/** Compiles `events` of a connector. */
export function compileEvents(
  events: unknown,
  at: DefinitionPath,
  compile: CompileAction,
  declared: Readonly<Record<string, ActionPlan>>,
  compiler: Compiler,
): EventsPlan | undefined {
  if (!isRecord(events)) return undefined
  const setup = isRecord(events['setup']) ? events['setup'] : {}
  const step = (key: 'creation' | 'activation' | 'deletion') => {
    const steps = setup[key]
    if (!isRecord(steps)) return {}
    const action = {
      actionId: `event_${key}`,
      label: `Event ${key}`,
      description: `The ${key} of a subscription.`,
      categories: ['internal'],
      actionType: 'event',
      inputs: setupInputs,
      steps: steps['steps'],
      result: steps['result'] ?? {},
    }
    return { [key]: compile(action, [...at, 'setup', key]) }
  }
  const actions = (Array.isArray(events['actions']) ? events['actions'] : []).flatMap(
    (action: unknown, index) => (isRecord(action) ? [compile(action, [...at, 'actions', index])] : []),
  )
  const known = new Set([...Object.keys(declared), ...actions.map(({ id }) => id)])
  const router = compileRouter(events['router'], [...at, 'router'], known, compiler)
  const accountId = compileAccountId(events['externalAccountIdExtractor'], at, compiler)
  const extension = isRecord(events['x-mainspring']) ? events['x-mainspring'] : {}
  const signature = compileSignature(extension['signature'], [...at, 'x-mainspring', 'signature'], compiler)
  return {
    setup: {
      ...step('creation'),
      ...step('activation'),
      ...step('deletion'),
      isConsolidated: setup['isConsolidated'] === true,
    },
    ...(events['guides'] === undefined ? {} : { guides: events['guides'] }),
    actions,
    ...(router === undefined ? {} : { router }),
    ...(accountId === undefined ? {} : { accountId }),
    ...(signature === undefined ? {} : { signature }),
  }
}

function compileRouter(
  router: unknown,
  at: DefinitionPath,
  known: ReadonlySet<string>,
  compiler: Compiler,
): RouterPlan | undefined {
  if (!isRecord(router)) return undefined
  const rules = (key: 'delivery' | 'rules'): RulePlan[] =>
    (Array.isArray(router[key]) ? router[key] : []).flatMap((rule: unknown, index) =>
      isRecord(rule) ? [compileRule(rule, [...at, key, index], known, compiler)] : [],
    )
  const items = router['itemsPath']
  return {
    delivery: rules('delivery'),
    ...(typeof items === 'string' ? { items: compileBare(items, [...at, 'itemsPath'], compiler) } : {}),
    rules: rules('rules'),
  }
}

function compileRule(
  rule: Definition,
  at: DefinitionPath,
  known: ReadonlySet<string>,
  compiler: Compiler,
): RulePlan {
  const then = isRecord(rule['then']) ? rule['then'] : {}
  const actionId = String(then['action'])
  if (!known.has(actionId))
    compiler.report('definition/wrong-value', `There is no action "${actionId}" to handle the event.`, [
      ...at,
      'then',
      'action',
    ])
  return {
    when: compileBare(rule['when'], [...at, 'when'], compiler),
    actionId,
    input: compileBare(then['input'] ?? {}, [...at, 'then', 'input'], compiler),
  }
}

/** The texts of a router are programs without their marks, at every depth. */
function compileBare(value: unknown, at: DefinitionPath, compiler: Compiler): Read {
  if (typeof value === 'string') return safely(compiler.expression(`{{${value}}}`, at))
  if (Array.isArray(value)) {
    const items = value.map((item, index) => compileBare(item, [...at, index], compiler))
    return (scope) => items.map((read) => read(scope))
  }
  if (!isRecord(value)) return () => value
  const entries = Object.entries(value).map(([key, inner]): [string, Read] => [
    key,
    compileBare(inner, [...at, key], compiler),
  ])
  return (scope) =>
    Object.fromEntries(
      entries.flatMap(([key, read]) => {
        const found = read(scope)
        return found === undefined ? [] : [[key, found]]
      }),
    )
}

function compileAccountId(extractor: unknown, at: DefinitionPath, compiler: Compiler): Read | undefined {
  const base = [...at, 'externalAccountIdExtractor']
  if (!isRecord(extractor)) return undefined
  const inner = extractor['action']
  if (typeof extractor['result'] === 'string')
    return compileBare(extractor['result'], [...base, 'result'], compiler)
  return isRecord(inner) && typeof inner['result'] === 'string'
    ? compileBare(inner['result'], [...base, 'action', 'result'], compiler)
    : undefined
}

function compileSignature(
  signature: unknown,
  at: DefinitionPath,
  compiler: Compiler,
): SignaturePlan | undefined {
  if (!isRecord(signature)) return undefined
  const text = (key: string) => (typeof signature[key] === 'string' ? String(signature[key]) : undefined)
  const signed = text('signed') ?? '{body}'
  const [signatureField, timestampField] = [text('signatureField'), text('timestampField')]
  const timestampHeader = text('timestampHeader')?.toLowerCase()
  if ((timestampField ?? timestampHeader) !== undefined && !signed.includes('{timestamp}'))
    compiler.report(
      'definition/wrong-value',
      'The time is not part of what is signed, so that anybody could replace it.',
      [...at, 'signed'],
      { severity: 'warning' },
    )
  return {
    header: String(signature['header']).toLowerCase(),
    secret: safely(compiler.expression(String(signature['secret']), [...at, 'secret'])),
    algorithm: (text('algorithm') ?? 'sha256') as SignaturePlan['algorithm'],
    encoding: (text('encoding') ?? 'hex') as SignaturePlan['encoding'],
    prefix: text('prefix') ?? '',
    ...(signatureField === undefined ? {} : { signatureField }),
    ...(timestampField === undefined ? {} : { timestampField }),
    ...(timestampHeader === undefined ? {} : { timestampHeader }),
    toleranceMs: Number(signature['toleranceSeconds'] ?? 300) * 1000,
    signed,
  }
}
