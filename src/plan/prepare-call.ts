import {
  AuthError,
  InputError,
  type InputProblem,
  nearestName,
  PolicyError,
  UnknownNameError,
} from '../errors/index.ts'
import { isRecord } from '../http/index.ts'
import type { ActionPlan } from './action-plan.ts'
import type { AuthenticationPlan, CheckedCredentials, ConnectorPlan } from './connector-plan.ts'
import { checkOrigin } from './origin.ts'
import { type FileSource, withFiles } from './request/file-input.ts'
import type { PageParameters, RequestEnvironment } from './request/request-plan.ts'
import type { FlowType, RunContext } from './run-context.ts'

/** What a call says about the requests it leads to, whether they are sent or only explained. */
export interface CallOptions {
  /** By the names the action declares. Unknown ones are refused. */
  readonly inputs?: Readonly<Record<string, unknown>>
  /** Files in place of base64, by the names of the inputs that upload them: opened when sent, never held. */
  readonly files?: Readonly<Record<string, FileSource>>
  /** By the keys of the connector's authentication fields. */
  readonly credentials?: Readonly<Record<string, unknown>>
  /** Values of the integrator's fields, such as `clientId`; a credential of the same key goes before one. */
  readonly setup?: Readonly<Record<string, unknown>>
  /** Key of the authentication method; the connector's first by default. */
  readonly authentication?: string
  /** Key of the environment; `production` by default. */
  readonly environment?: string
  /** `http://127.0.0.1:4100`: replaces scheme, host and port of every base URL. Loopback only, but for `allowedOrigins`. */
  readonly origin?: string
  /** Origins beside loopback that `origin` may name. */
  readonly allowedOrigins?: readonly string[]
  /** Lets the passthrough action use methods that write. */
  readonly allowWrites?: boolean
  /** Milliseconds since the epoch, for signatures and the life of tokens; the machine's clock by default. */
  readonly now?: () => number
  /** Lets preview actions run. */
  readonly allowPreview?: boolean
}

/** A call whose every part was checked. */
export interface PreparedCall {
  readonly plan: ConnectorPlan
  readonly action: ActionPlan
  readonly authentication: AuthenticationPlan | undefined
  readonly context: RunContext
  readonly environment: RequestEnvironment
  /** Credentials that are not secret, such as a subdomain: they say whose data it is. */
  readonly account: Readonly<Record<string, unknown>>
  /** What a sync adds to the requests of one step. */
  readonly additions?: { readonly step: string; readonly pages: readonly PageParameters[] }
}

/**
 * Checks a call as a whole before anything is sent.
 *
 * @param placeholders - explain may do without credentials: `<firmName>` then stands for a missing one
 * @throws {UnknownNameError | PolicyError | InputError | AuthError}
 */
export function prepareCall(
  plan: ConnectorPlan,
  actionId: string,
  options: CallOptions,
  placeholders = false,
): PreparedCall {
  return prepareActionCall(plan, findAction(plan, actionId), options, { placeholders })
}

/** What only the engine itself decides about a call. */
export interface CallPurpose {
  readonly placeholders?: boolean
  readonly flowType?: FlowType
}

/** As {@link prepareCall}, for an action at hand: those within an authentication method have no callable id. */
export function prepareActionCall(
  plan: ConnectorPlan,
  action: ActionPlan,
  options: CallOptions,
  { placeholders = false, flowType = 'action' }: CallPurpose = {},
): PreparedCall {
  const at = { action: action.qualifiedId }
  if (action.stage === 'preview' && options.allowPreview !== true)
    throw new PolicyError('policy/preview-not-allowed', {
      message: `"${action.qualifiedId}" is a preview action: ${action.evidence?.note ?? 'it rests on an assumption'}`,
      ...at,
    })
  const inputs = checkInputs(action, options)
  const authentication = findAuthentication(plan, options.authentication)
  const environment = findEnvironment(authentication, options.environment)
  const checked = prepareCredentials(authentication, options, placeholders, at)
  const origin =
    options.origin === undefined ? undefined : checkOrigin(options.origin, options.allowedOrigins ?? [])
  return {
    plan,
    action,
    authentication,
    context: {
      inputs: completeInputs(action, inputs),
      credentials: checked.values,
      steps: {},
      intermediateSteps: {},
      context: {
        authenticationType: authentication?.key ?? 'none',
        environment,
        connectorKey: plan.key,
        actionType: action.actionType,
        flowType,
      },
      connector: { key: plan.key, title: plan.title, version: plan.version },
      action: { id: action.id, label: action.label },
    },
    environment: {
      authorization: authentication?.authorization ?? noAuthorization,
      secretValues: placeholders
        ? checked.secretValues.filter((value) => !placeholder.test(value))
        : [...checked.secretValues],
      allowWrites: options.allowWrites === true,
      ...(authentication?.certificates === undefined ? {} : { certificates: authentication.certificates }),
      ...(origin === undefined ? {} : { origin }),
      ...(options.now === undefined ? {} : { nowMs: options.now }),
    },
    account: accountOf(authentication, checked.values),
  }
}

/** The inputs as the expressions of a run see them. @throws {InputError} */
function checkInputs(
  action: ActionPlan,
  { inputs = {}, files }: CallOptions,
): Readonly<Record<string, unknown>> {
  if (files === undefined) {
    const problems = action.checkInputs(inputs)
    if (problems.length > 0) throw new InputError(problems, { action: action.qualifiedId })
    return inputs
  }
  const strangers = Object.keys(files).filter((name) => !action.fileInputs.has(name))
  const known = Object.fromEntries(Object.entries(files).filter(([name]) => action.fileInputs.has(name)))
  // A file counts as a text that is there; rules for the text of an input do not concern its bytes.
  const problems = action
    .checkInputs(withFiles(inputs, known, () => 'file'))
    .filter(({ name }) => !Object.hasOwn(known, name))
  const refused = strangers.map((name): InputProblem => {
    const takes = [...action.fileInputs].join(', ')
    return {
      code: 'input/invalid',
      name,
      message: `Input "${name}" takes no file; ${takes === '' ? 'this action uploads none' : `these do: ${takes}`}.`,
    }
  })
  if (problems.length + refused.length > 0)
    throw new InputError([...problems, ...refused], { action: action.qualifiedId })
  return withFiles(inputs, known)
}

/**
 * The integrator's and the account's values together, normalised and checked.
 *
 * @throws {AuthError} code `auth/missing-credential`, `auth/invalid-credential`
 */
export function prepareCredentials(
  authentication: AuthenticationPlan | undefined,
  { setup, credentials }: Pick<CallOptions, 'setup' | 'credentials'>,
  placeholders = false,
  at: { readonly action?: string } = {},
): CheckedCredentials {
  const merged =
    credentials === undefined || isRecord(credentials) ? { ...setup, ...credentials } : credentials
  const given = placeholders ? withPlaceholders(authentication, merged) : merged
  const checked = authentication?.checkCredentials(given) ?? {
    values: { ...given },
    secretValues: [],
    problems: [],
  }
  const refused = placeholders
    ? checked.problems.filter((problem) => !isPlaceholder(given, problem))
    : checked.problems
  if (refused.length > 0) throw credentialError(refused, at)
  return checked
}

/**
 * Puts renewed credentials into a call that is under way. What the call was prepared with is replaced in place, since
 * the contexts of its pages and iterations share it; the old values stay secret.
 */
export function renewCall(call: PreparedCall, given: Pick<CallOptions, 'setup' | 'credentials'>): void {
  const checked = prepareCredentials(call.authentication, given)
  const values = call.context.credentials as Record<string, unknown>
  for (const key of Object.keys(values)) delete values[key]
  Object.assign(values, checked.values)
  const secrets = call.environment.secretValues as string[]
  secrets.push(...checked.secretValues.filter((value) => !secrets.includes(value)))
}

/** The inputs as the steps read them: ids taken apart, and the page size that an absent one stands for. */
function completeInputs(
  { compositeIds, listing }: ActionPlan,
  inputs: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  const decoded = compositeIds?.decode(inputs) ?? inputs
  const size = listing?.defaultPageSize
  if (listing === undefined || size === undefined || decoded[listing.pageSizeInput] !== undefined)
    return decoded
  return { ...decoded, [listing.pageSizeInput]: size }
}

/** The action of an id with or without the connector's prefix. @throws {UnknownNameError} */
export function findAction(plan: ConnectorPlan, actionId: string): ActionPlan {
  const prefix = `${plan.key}_`
  const found =
    plan.actionsById[actionId] ??
    (actionId.startsWith(prefix) ? plan.actionsById[actionId.slice(prefix.length)] : undefined)
  if (found !== undefined) return found
  const known = plan.actions.map(({ id }) => id)
  const nearest = nearestName(actionId.replace(prefix, ''), known)
  const hint =
    nearest === undefined
      ? `List them with \`mainspring actions ${plan.key}\`.`
      : `Did you mean "${prefix}${nearest}"?`
  throw new UnknownNameError('action/unknown', {
    message: `The connector "${plan.key}" has no action "${actionId}".`,
    hint,
  })
}

const noAuthorization: RequestEnvironment['authorization'] = {
  type: 'none',
  allowsOwnHeader: true,
  sources: [],
  apply: () => ({ headers: [], query: [], secretValues: [] }),
}

/** The method of a key, else the connector's first. @throws {AuthError} code `auth/unknown-method` */
export function findAuthentication(
  plan: ConnectorPlan,
  key: string | undefined,
): AuthenticationPlan | undefined {
  const found =
    key === undefined ? plan.authentications[0] : plan.authentications.find((method) => method.key === key)
  if (key !== undefined && found === undefined) {
    const known = plan.authentications.map((method) => method.key).join(', ')
    throw new AuthError('auth/unknown-method', {
      message: `The connector "${plan.key}" has no authentication method "${key}".`,
      hint: `Its methods are: ${known}.`,
    })
  }
  return found
}

/** The environment of a key, else production. @throws {AuthError} code `auth/unknown-method` */
export function findEnvironment(
  authentication: AuthenticationPlan | undefined,
  key: string | undefined,
): string {
  const environments = authentication?.environments ?? []
  if (key === undefined)
    return (
      environments.find((environment) => environment.key === 'production')?.key ??
      environments[0]?.key ??
      'production'
    )
  if (environments.some((environment) => environment.key === key)) return key
  const known = environments.map((environment) => environment.key).join(', ')
  throw new AuthError('auth/unknown-method', {
    message: `There is no environment "${key}".`,
    hint: `The environments are: ${known}.`,
  })
}

function credentialError(problems: readonly InputProblem[], at: { readonly action?: string }): AuthError {
  const code = problems.every((problem) => problem.code === 'auth/missing-credential')
    ? 'auth/missing-credential'
    : 'auth/invalid-credential'
  return new AuthError(
    code,
    { message: problems.map((problem) => problem.message).join(' '), ...at },
    problems,
  )
}

const placeholder = /^<\w+>$/

function withPlaceholders(
  authentication: AuthenticationPlan | undefined,
  credentials: Readonly<Record<string, unknown>> = {},
): Record<string, unknown> {
  const missing = (authentication?.configFields ?? []).filter((field) => credentials[field.key] === undefined)
  return { ...Object.fromEntries(missing.map((field) => [field.key, `<${field.key}>`])), ...credentials }
}

function isPlaceholder(given: Readonly<Record<string, unknown>> | undefined, problem: InputProblem): boolean {
  const value = given?.[problem.name]
  return typeof value === 'string' && placeholder.test(value)
}

function accountOf(
  authentication: AuthenticationPlan | undefined,
  values: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const open = [...(authentication?.configFields ?? []), ...(authentication?.setupFields ?? [])].filter(
    (field) => !field.secret,
  )
  return Object.fromEntries(open.map((field) => [field.key, values[field.key]]))
}
