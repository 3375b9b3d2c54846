import type { ConnectorModel } from '../definition/index.ts'
import { DefinitionError, type Diagnostic } from '../errors/index.ts'
import { isRecord } from '../http/index.ts'
import type { ActionPlan } from './action-plan.ts'
import { compileAuthentication, isSecretCredential } from './auth/compile-authentication.ts'
import { type CompileAction, compileCredentialActions } from './auth/credential-actions.ts'
import { compileAction } from './compile-action.ts'
import { type Compiler, compilerOfMode, createCompiler, type DefinitionPath } from './compiler.ts'
import type { ConnectorPlan } from './connector-plan.ts'
import { compileEvents } from './events/compile-events.ts'
import { checkLookups } from './request/check-lookups.ts'
import { type ArgumentPlan, compileArguments } from './request/compile-arguments.ts'
import { compileLimits } from './request/compile-limits.ts'
import { compileRateLimitErrors } from './request/compile-rate-limit.ts'
import type { ConnectorRequestDefaults } from './request/compile-request.ts'

/** A plan and everything found while it was made. */
export interface Compilation {
  readonly plan: ConnectorPlan
  readonly diagnostics: readonly Diagnostic[]
}

// A model is immutable, so its plan is made once however often it is asked for.
const compilations = new WeakMap<ConnectorModel, Compilation>()

/**
 * Compiles a model into its plan, once.
 *
 * @throws {DefinitionError} code `definition/invalid` where it has errors, such as an expression that cannot be parsed
 */
export function compileConnector(model: ConnectorModel): ConnectorPlan {
  const { plan, diagnostics } = compileModel(model)
  const errors = diagnostics.filter(({ severity }) => severity === 'error')
  const [first] = errors
  if (first !== undefined) {
    const { file, range } = first.location
    const place = `${file}:${range.start.line}:${range.start.column}`
    throw new DefinitionError(
      'definition/invalid',
      {
        message: `The connector "${plan.key}" has ${errors.length} error(s); the first at ${place}: ${first.message}`,
      },
      diagnostics,
    )
  }
  return plan
}

/** Compiles whatever can be compiled, and says what cannot. */
export function compileModel(model: ConnectorModel): Compilation {
  const known = compilations.get(model)
  if (known !== undefined) return known
  const extension = model.definition['x-mainspring']
  const compiler = compilerOfMode(createCompiler(model), extension)
  const plan = compilePlan(model, compiler)
  const compilation = { plan, diagnostics: compiler.diagnostics }
  compilations.set(model, compilation)
  return compilation
}

function compilePlan(model: ConnectorModel, compiler: Compiler): ConnectorPlan {
  const definition = model.definition as unknown as Readonly<Record<string, unknown>>
  const info = isRecord(definition['info']) ? definition['info'] : {}
  const assets = isRecord(info['assets']) ? info['assets'] : {}
  const key = String(info['key'])
  const version = String(info['version'] ?? '')
  const methods = listMethods(definition['authentication']).map(({ key: name, entry, at }) => ({
    entry,
    at,
    base: compileAuthentication(name, entry, compiler, at),
  }))
  const extension = isRecord(definition['x-mainspring']) ? definition['x-mainspring'] : {}
  const fields = methods.flatMap(({ base }) => [...base.configFields, ...base.setupFields])
  const defaults: ConnectorRequestDefaults = {
    baseUrl: String(definition['baseUrl'] ?? ''),
    baseUrlAt: ['baseUrl'],
    args: compileSharedArguments(extension['request'], compiler, ['x-mainspring', 'request']),
    errors: extension['errors'],
    readRateLimit: compileRateLimitErrors(definition['rateLimit']),
    isSecret: (credential) => isSecretCredential(credential, fields),
    userAgent: 'mainspring',
  }
  const compileOne: CompileAction = (action, at) => compileAction(action, at, key, defaults, compiler)
  const actions = (Array.isArray(definition['actions']) ? definition['actions'] : []).flatMap(
    (action: unknown, index) => (isRecord(action) ? [compileOne(action, ['actions', index])] : []),
  )
  const declared = indexActions(actions)
  checkLookups(actions, declared, compiler)
  const authentications = methods.map(({ base, entry, at }) => ({
    ...base,
    ...compileCredentialActions(entry, at, declared, compileOne, compiler),
  }))
  const tests = authentications.flatMap(({ testActions }) =>
    testActions.flatMap(({ action }) => action ?? []),
  )
  const text = (name: string, value: unknown) => (typeof value === 'string' ? { [name]: value } : {})
  const events = compileEvents(definition['events'], ['events'], compileOne, declared, compiler)
  return deepFreeze({
    key,
    title: String(info['title'] ?? key),
    version,
    ...text('description', info['description']),
    ...text('icon', assets['icon']),
    ...text('resources', definition['resources']),
    authentications,
    limits: compileLimits(definition, extension['budgets'], compiler.exact),
    actions,
    // A test action may be written where it is used; it runs like any other, and is not listed.
    actionsById: indexActions([...tests, ...(events?.actions ?? []), ...actions]),
    ...(events === undefined ? {} : { events }),
    file: model.rootFile,
  })
}

function listMethods(
  list: unknown,
): { key: string; entry: Readonly<Record<string, unknown>>; at: DefinitionPath }[] {
  return (Array.isArray(list) ? list : []).flatMap((item: unknown, index) =>
    Object.entries(isRecord(item) ? item : {}).flatMap(([key, entry]) =>
      isRecord(entry) ? [{ key, entry, at: ['authentication', index, key] }] : [],
    ),
  )
}

function compileSharedArguments(request: unknown, compiler: Compiler, at: DefinitionPath): ArgumentPlan[] {
  const entries = isRecord(request) ? request : {}
  return (['headers', 'query'] as const).flatMap((where) => {
    const list = Array.isArray(entries[where]) ? entries[where].filter(isRecord) : []
    return compileArguments(
      list.map((entry) => ({ ...entry, in: where })),
      compiler,
      [...at, where],
    )
  })
}

function indexActions(actions: readonly ActionPlan[]): Record<string, ActionPlan> {
  const index: Record<string, ActionPlan> = Object.create(null)
  for (const action of actions) index[action.id] = action
  return index
}

/** Freezes plain data all the way down; closures and what they hold are left alone. */
function deepFreeze<Value>(value: Value): Value {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value
  for (const inner of Object.values(value)) deepFreeze(inner)
  return Object.freeze(value)
}
