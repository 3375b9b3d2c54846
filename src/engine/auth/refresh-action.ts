import { AuthError, MainspringError } from '../../errors/index.ts'
import { createRedactor, isRecord } from '../../http/index.ts'
import { type PreparedCall, prepareActionCall, type RefreshPlan, secondsOf } from '../../plan/index.ts'
import { runOnce } from '../run-once.ts'
import type { AuthFlow } from './auth-flow.ts'
import type { IssuedCredentials, RefreshCredentialsOptions } from './linking.ts'
import { kindOfRefusal, TokenRefusal } from './token-refusal.ts'
import { watchRotation } from './watch-rotation.ts'

/** Keys that say how long the new credentials live; they are no credentials. */
const lifetimes: ReadonlySet<string> = new Set(['expiresIn', 'refreshExpiresIn'])

/**
 * Renews by the action of the definition: the keys of its `result.data` are laid over the credentials.
 *
 * @throws {AuthError} as `refreshCredentials`
 */
export async function runRefreshAction(
  flow: AuthFlow,
  { action }: RefreshPlan,
  options: RefreshCredentialsOptions,
): Promise<IssuedCredentials> {
  const call = prepareActionCall(
    flow.plan,
    action,
    { ...options, allowPreview: true },
    { flowType: 'refresh_authentication' },
  )
  const startedAtMs = flow.now()
  const rotation = watchRotation(call, options.credentials, async (refreshToken) => {
    flow.secrets.push(refreshToken)
    await options.onRotated?.({ ...options.credentials, refreshToken })
  })
  let data: unknown
  try {
    const { result } = await runOnce(call, { ...options, transport: flow.transport }, {}, rotation.session)
    data = result.data
  } catch (error) {
    throw refreshError(error, call, flow, await rotation.look())
  }
  const issued = isRecord(data) ? data : {}
  const added = Object.entries(issued).filter(
    ([key, value]) => value !== undefined && value !== null && !lifetimes.has(key),
  )
  if (added.length === 0)
    throw new AuthError('auth/exchange-failed', {
      message: `The refresh action "${action.qualifiedId}" gave no credentials: its result.data is empty or no object.`,
      action: action.qualifiedId,
    })
  const { oauth } = flow.authentication
  const seconds = secondsOf(issued['expiresIn']) ?? oauth?.tokenExpiresIn(flow.context)
  const refreshSeconds = secondsOf(issued['refreshExpiresIn'])
  const after = (count: number) => new Date(startedAtMs + count * 1000).toISOString()
  return {
    credentials: { ...options.credentials, ...Object.fromEntries(added) },
    issuedAt: new Date(startedAtMs).toISOString(),
    ...(seconds === undefined ? {} : { expiresAt: after(seconds) }),
    ...(refreshSeconds === undefined ? {} : { refreshExpiresAt: after(refreshSeconds) }),
  }
}

/**
 * Refusals are told apart by the body that the refresh request was answered with, where the step has kept it.
 *
 * @param hasRotated - the provider has given a new refresh token before: the failure says nothing about that one
 */
function refreshError(
  error: unknown,
  call: PreparedCall,
  flow: AuthFlow,
  hasRotated: boolean,
): MainspringError {
  if (!(error instanceof MainspringError))
    return new AuthError('auth/refresh-failed', { message: 'The renewal met an unexpected failure.' })
  if (error.code === 'call/aborted' || error.code.startsWith('policy/') || error.code.startsWith('input/'))
    return error
  const redact = createRedactor(flow.secrets)
  const details = {
    message: hasRotated
      ? `The refresh token was renewed and is kept; a later step of the refresh action failed: ${redact(error.message)}`
      : `The credentials could not be renewed: ${redact(error.message)}`,
    action: call.action.qualifiedId,
    step: error.step,
    status: error.status,
    providerMessage: error.providerMessage === undefined ? undefined : redact(error.providerMessage),
    requestId: error.requestId,
    retryAfterMs: error.retryAfterMs,
  }
  const { status } = error
  const isRefusal =
    status !== undefined && status >= 400 && status < 500 && error.code !== 'write/outcome-unknown'
  if (!isRefusal || hasRotated) return new AuthError('auth/refresh-failed', details)
  const kind = kindOfRefusal(new TokenRefusal(status, reasonOf(call), undefined))
  if (kind === 'passing') return new AuthError('auth/refresh-failed', details)
  // A bare refusal without OAuth's own word means the token that was presented: there is nothing else in the request.
  if (kind === 'grant' || (reasonOf(call) === undefined && [400, 401, 403].includes(status)))
    return new AuthError('auth/reconnect-needed', details)
  return new AuthError('auth/exchange-failed', details)
}

function reasonOf({ context }: PreparedCall): string | undefined {
  const bodies = Object.values(context.steps).map(({ output }) => output?.['raw'])
  const reasons = bodies.flatMap((body) =>
    isRecord(body) && typeof body['error'] === 'string' ? [body['error']] : [],
  )
  return reasons.at(-1)
}
