import type { ConnectorModel } from '../../definition/index.ts'
import { isRecord } from '../../http/index.ts'
import { lowerAction } from './lower-action.ts'
import type { Plain } from './plain.ts'

/** A definition in the plain format, and what it could not take along. */
export interface LoweredConnector {
  readonly definition: Plain
  /** One sentence each, with the action or field it is about. */
  readonly losses: readonly string[]
}

/**
 * Lowers the extension keys of a connector into the published format: credentials declared once become arguments of
 * each request, declared paging becomes `paginated_request`, declared shapes become `dataKey`.
 */
export function lowerConnector(model: ConnectorModel): LoweredConnector {
  const losses: string[] = []
  const definition = structuredClone(model.definition) as unknown as Record<string, unknown>
  const extension = isRecord(definition['x-mainspring']) ? definition['x-mainspring'] : {}
  const shared = isRecord(extension['request']) ? extension['request'] : {}
  const methods = authenticationsOf(definition)
  const declared = methods.flatMap(({ entry }) =>
    isRecord(entry['x-mainspring']) ? [entry['x-mainspring']] : [],
  )
  const hasKeys = methods.some(
    ({ entry }) => isRecord(entry['authorization']) && entry['authorization']['type'] === 'apiKey',
  )
  if (methods.length > 1 && (declared.length > 0 || hasKeys))
    losses.push(
      'authentication: what each method adds to a request is sent for all of them, since an argument cannot tell methods apart.',
    )
  const args = [
    ...argumentsOf(shared),
    ...methods.flatMap(({ entry }) => lowerApiKey(entry)),
    ...declared.flatMap((each) => argumentsOf(each)),
  ]
  if (args.some((arg) => String(arg['value']).includes('encodeBase64(')))
    losses.push(
      'authentication: encodeBase64() is needed, which older releases of the published runtime do not have.',
    )
  if (extension['errors'] !== undefined)
    losses.push('connector: where the error text and the request id stand is left out.')
  for (const { key, entry } of methods) lowerAuthentication(key, entry, losses)
  const actions = Array.isArray(definition['actions']) ? definition['actions'].filter(isRecord) : []
  const lowered = actions.flatMap((action) => lowerAction(action, args, losses))
  if (
    actions.some(
      (action) => isRecord(action['x-mainspring']) && action['x-mainspring']['evidence'] !== undefined,
    )
  )
    losses.push('actions: the evidence marks are left out.')
  for (const { entry } of methods) lowerTests(entry, args, losses)
  if (isRecord(definition['events'])) definition['events'] = lowerEvents(definition['events'], args, losses)
  return { definition: { ...withoutExtension(definition), actions: lowered.map(withoutExtension) }, losses }
}

function authenticationsOf(definition: Plain): { key: string; entry: Record<string, unknown> }[] {
  const list = Array.isArray(definition['authentication'])
    ? definition['authentication'].filter(isRecord)
    : []
  return list.flatMap((item) =>
    Object.entries(item).flatMap(([key, entry]) => (isRecord(entry) ? [{ key, entry }] : [])),
  )
}

/** `headers` and `query` of an extension as arguments of a request. */
function argumentsOf(source: Plain): Record<string, unknown>[] {
  return (['headers', 'query'] as const).flatMap((where) =>
    (Array.isArray(source[where]) ? source[where].filter(isRecord) : []).map(({ name, value }) => ({
      name,
      value,
      in: where,
    })),
  )
}

/** The published runtime refuses the type `apiKey`; an argument of each request says the same. */
function lowerApiKey(entry: Record<string, unknown>): Plain[] {
  const authorization = isRecord(entry['authorization']) ? entry['authorization'] : {}
  if (authorization['type'] !== 'apiKey') return []
  entry['authorization'] = { type: 'none' }
  const { key, value, in: place } = authorization
  return [{ name: key, value, in: place === 'query' ? 'query' : 'headers' }]
}

function lowerAuthentication(key: string, entry: Record<string, unknown>, losses: string[]): void {
  const extension = isRecord(entry['x-mainspring']) ? entry['x-mainspring'] : {}
  if (extension['guide'] !== undefined)
    losses.push(`authentication ${key}: the guide is left out; support.link and support.description stay.`)
  delete entry['x-mainspring']
  for (const name of ['configFields', 'setupFields']) {
    const fields = Array.isArray(entry[name]) ? entry[name].filter(isRecord) : []
    for (const field of fields) {
      if (field['x-mainspring'] === undefined) continue
      losses.push(
        `authentication ${key}: the field ${String(field['key'])} is not normalised; its validation stays.`,
      )
      delete field['x-mainspring']
    }
  }
}

function lowerTests(entry: Record<string, unknown>, args: readonly Plain[], losses: string[]): void {
  const tests = Array.isArray(entry['testActions']) ? entry['testActions'].filter(isRecord) : []
  for (const test of tests) {
    if (!isRecord(test['action'])) continue
    const [lowered] = lowerAction(test['action'], args, losses)
    if (lowered !== undefined) test['action'] = withoutExtension(lowered)
  }
}

/** The steps that subscribe and unsubscribe, and the actions that take deliveries. */
function lowerEvents(events: Plain, args: readonly Plain[], losses: string[]): Plain {
  const lower = (part: Plain, name: string): Plain[] =>
    lowerAction({ ...part, actionId: name }, args, losses).map(withoutExtension)
  const setup = isRecord(events['setup']) ? events['setup'] : {}
  const parts = Object.entries(setup).map(([name, part]): [string, unknown] => {
    if (!isRecord(part) || !Array.isArray(part['steps'])) return [name, part]
    const { actionId: _, ...lowered } = lower(part, `events.setup.${name}`)[0] ?? part
    return [name, lowered]
  })
  const actions = Array.isArray(events['actions']) ? events['actions'].filter(isRecord) : []
  return {
    ...withoutExtension(events),
    ...(parts.length === 0 ? {} : { setup: withoutExtension(Object.fromEntries(parts)) }),
    ...(actions.length === 0
      ? {}
      : { actions: actions.flatMap((action) => lower(action, String(action['actionId']))) }),
  }
}

function withoutExtension({ 'x-mainspring': _, ...rest }: Plain): Plain {
  return rest
}
