import { AuthError } from '../../errors/index.ts'
import {
  type AuthenticationPlan,
  type ConnectorPlan,
  checkOrigin,
  findAuthentication,
  findEnvironment,
  prepareCredentials,
  type RunContext,
} from '../../plan/index.ts'
import type { Gate, Transport, TransportEvent } from '../../transport/index.ts'
import { accountIdentityOf } from '../flow/account-identity.ts'
import type { CircuitChange } from '../flow/flow-caller.ts'
import { flowOfTransport } from '../flow/flow-of-transport.ts'
import { sharedTransport } from '../shared-transport.ts'
import type { LinkingOptions } from './linking.ts'

const defaultTimeoutMs = 30_000

/** One exchange with an authorization server: what its requests share. */
export interface AuthFlow {
  readonly plan: ConnectorPlan
  readonly authentication: AuthenticationPlan
  /** What the expressions of the definition see; credentials and setup together. */
  readonly context: RunContext
  /** Masked wherever they turn up; grows as the flow learns secrets. */
  readonly secrets: string[]
  readonly transport: Transport
  /** Before each of its requests, as before those of runs. */
  readonly gate: Gate
  readonly signal: AbortSignal | undefined
  now(): number
  /** Milliseconds left. */
  remainingMs(): number
  /** An address of the definition, with the caller's origin in place of its own. */
  locate(address: string): string
  /** The caller named the origin that addresses of the definition are looked for at. */
  readonly trustsOrigin: boolean
  observe: ((step: string) => (event: TransportEvent) => void) | undefined
}

export interface FlowStart extends LinkingOptions {
  readonly credentials?: Readonly<Record<string, unknown>>
  readonly redirectUri?: string
  readonly apiHostUri?: string
}

/**
 * Checks what a flow needs before anything is sent.
 *
 * @throws {AuthError} `auth/unknown-method`, `auth/missing-credential`, `auth/invalid-credential`, `auth/unsupported-flow`
 * @throws {PolicyError} `policy/origin-not-allowed`
 */
export function startFlow(plan: ConnectorPlan, options: FlowStart): AuthFlow {
  const authentication = findAuthentication(plan, options.authentication)
  if (authentication === undefined)
    throw new AuthError('auth/unsupported-flow', {
      message: `The connector "${plan.key}" declares no authentication.`,
    })
  const environment = findEnvironment(authentication, options.environment)
  const checked = prepareCredentials(authentication, options)
  requireSetup(authentication, checked.values)
  const origin =
    options.origin === undefined ? undefined : checkOrigin(options.origin, options.allowedOrigins ?? [])
  const now = options.now ?? Date.now
  const timeoutMs = options.timeoutMs ?? defaultTimeoutMs
  const startedAt = performance.now()
  const { observer, transport = sharedTransport() } = options
  const context: RunContext = {
    inputs: {},
    credentials: checked.values,
    steps: {},
    intermediateSteps: {},
    context: {
      authenticationType: authentication.key,
      environment,
      connectorKey: plan.key,
      actionType: 'unknown',
      flowType: 'refresh_authentication',
      ...(options.redirectUri === undefined ? {} : { redirectUri: options.redirectUri }),
    },
    connector: { key: plan.key, title: plan.title, version: plan.version },
    action: { id: 'authentication', label: authentication.label },
    ...(options.apiHostUri === undefined ? {} : { apiHostUri: options.apiHostUri }),
  }
  const call = { plan, authentication, context, environment: origin === undefined ? {} : { origin } }
  const { key, name } = accountIdentityOf(call, options)
  const emit = (event: CircuitEvent | HttpEvent) => {
    try {
      observer?.({ action: `${plan.key}_authentication`, atMs: performance.now() - startedAt, ...event })
    } catch {
      // An observer looks on; it has no say in the flow.
    }
  }
  return {
    plan,
    authentication,
    context,
    secrets: [...checked.secretValues],
    transport,
    gate: (options.flow ?? flowOfTransport(transport)).gate({
      connector: plan.key,
      origin,
      limits: plan.limits,
      accountKey: key,
      account: name,
      action: context.action.id,
      pausesNobody: true,
      onCircuit: observer && ((change) => emit({ type: 'circuit', ...change })),
    }),
    signal: options.signal,
    now,
    remainingMs: () => timeoutMs - (performance.now() - startedAt),
    trustsOrigin: origin !== undefined,
    locate: (address) =>
      origin === undefined ? address : address.replace(/^https?:\/\/[^/?#]*/i, () => origin),
    observe: observer && ((step) => (event) => emit({ type: 'http', step, event })),
  }
}

type CircuitEvent = { readonly type: 'circuit' } & CircuitChange
type HttpEvent = { readonly type: 'http'; readonly step: string; readonly event: TransportEvent }

/** A run can do without the integrator's values; the exchange of tokens cannot. */
function requireSetup(authentication: AuthenticationPlan, values: Readonly<Record<string, unknown>>): void {
  const missing = authentication.setupFields.filter(
    ({ required, key }) => required && (values[key] === undefined || values[key] === ''),
  )
  if (missing.length === 0) return
  throw new AuthError(
    'auth/missing-credential',
    {
      message: missing.map(({ key }) => `The setup value "${key}" is missing.`).join(' '),
      hint: 'Give the values of the connector’s setupFields, which the integrator gets from the provider, in `setup`.',
    },
    missing.map(({ key }) => ({
      code: 'auth/missing-credential',
      name: key,
      message: `The setup value "${key}" is missing.`,
    })),
  )
}
