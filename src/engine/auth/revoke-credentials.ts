import type * as OAuth from 'oauth4webapi'
import { AuthError, MainspringError } from '../../errors/index.ts'
import { createRedactor } from '../../http/index.ts'
import type { ConnectorPlan, OAuthPlan, RevocationPlan } from '../../plan/index.ts'
import { type AuthFlow, startFlow } from './auth-flow.ts'
import type { RefreshCredentialsOptions } from './linking.ts'
import { createOAuthFetch } from './oauth-fetch.ts'
import { isRenewable, refreshCredentials } from './refresh-credentials.ts'
import { readTokenAnswer } from './token-answer.ts'
import { clientOfDefinition } from './token-client.ts'
import { TokenRefusal } from './token-refusal.ts'

/** Which tokens the provider took back, by their keys; none where the definition says no way. */
export type RevokedTokens = readonly ('refreshToken' | 'accessToken')[]

/** Whether the definition says how tokens of this method are taken back. */
export function isRevocable(plan: ConnectorPlan, authentication?: string): boolean {
  const method = plan.authentications.find(
    ({ key }) => authentication === undefined || key === authentication,
  )
  return method?.oauth?.revocation !== undefined
}

/**
 * Tells the provider that tokens are no longer needed (RFC 7009): the refresh token first, since it outlives the other.
 * Sent once each; a token that the provider no longer knows counts as taken back.
 *
 * @throws {AuthError} `auth/revocation-failed`, `retryable` where it may go well another time
 * @throws {MainspringError} `call/aborted`; `policy/…`: nothing was sent
 */
export async function revokeCredentials(
  plan: ConnectorPlan,
  options: RefreshCredentialsOptions,
): Promise<RevokedTokens> {
  const flow = startFlow(plan, options)
  const { oauth: method } = flow.authentication
  const { credentials } = options
  if (method?.revocation === undefined) return []
  const held = (['refreshToken', 'accessToken'] as const).filter(
    (key) => typeof credentials[key] === 'string' && credentials[key] !== '',
  )
  if (held.length === 0) return []
  try {
    if (method.revocation.by === 'bearer') {
      await revokeByBearer(flow, method.revocation, plan, options)
      return held
    }
    const oauth = await import('oauth4webapi')
    for (const [index, key] of held.entries())
      try {
        await revokeToken(flow, oauth, method, method.revocation, String(credentials[key]), key)
      } catch (error) {
        if (!isGone(error, index > 0)) throw error
      }
    return held
  } catch (error) {
    throw revocationError(error, flow)
  }
}

/** Takes back one token. */
async function revokeToken(
  flow: AuthFlow,
  oauth: typeof OAuth,
  method: OAuthPlan,
  { url, port, by }: RevocationPlan,
  token: string,
  key: RevokedTokens[number],
): Promise<void> {
  const endpoint = url(flow.context)
  const fetch = createOAuthFetch(flow, { step: 'revocation', declaredPort: port, shape: readAnswer(flow) })
  const kind = key === 'refreshToken' ? 'refresh_token' : 'access_token'
  if (by === 'named') {
    await fetch(endpoint, { method: 'POST', headers: {}, body: new URLSearchParams({ [kind]: token }) })
    return
  }
  const client = clientOfDefinition(flow, method, oauth)
  await oauth.revocationRequest(
    { ...client.server, revocation_endpoint: endpoint },
    client.identity,
    client.authenticate,
    token,
    {
      additionalParameters: { token_type_hint: kind },
      headers: client.headers,
      [oauth.allowInsecureRequests]: flow.locate(endpoint).startsWith('http:'),
      [oauth.customFetch]: fetch,
    },
  )
}

/** With its refresh token an access token is often gone already, and some providers say so by a refusal. */
function isGone(error: unknown, followsAnother: boolean): boolean {
  if (!(error instanceof TokenRefusal)) return false
  if (/^(?:invalid_token|invalid_grant)$/.test(error.reason ?? '')) return true
  return followsAnother && (error.status === 400 || error.status === 401)
}

/** Takes a living access token to say it: one that has ended is renewed for that. */
async function revokeByBearer(
  flow: AuthFlow,
  { url, port }: RevocationPlan,
  plan: ConnectorPlan,
  options: RefreshCredentialsOptions,
): Promise<void> {
  const fetch = createOAuthFetch(flow, { step: 'revocation', declaredPort: port, shape: readAnswer(flow) })
  const send = async ({ accessToken }: Readonly<Record<string, unknown>>) => {
    flow.secrets.push(String(accessToken))
    await fetch(url(flow.context), { method: 'POST', headers: { authorization: `Bearer ${accessToken}` } })
  }
  const { credentials } = options
  try {
    if (credentials['accessToken'] !== undefined) return await send(credentials)
  } catch (error) {
    const hasEnded = error instanceof TokenRefusal && error.status === 401
    if (!hasEnded || !isRenewable(flow.authentication, credentials)) throw error
  }
  await send((await refreshCredentials(plan, options)).credentials)
}

/** Nothing but its status matters of a success; it often has no body at all. */
function readAnswer(flow: AuthFlow): (status: number, text: string) => unknown {
  return (status, text) =>
    status >= 200 && status < 300 ? {} : readTokenAnswer(status, text, createRedactor(flow.secrets))
}

function revocationError(thrown: unknown, flow: AuthFlow): MainspringError {
  const redact = createRedactor(flow.secrets)
  if (thrown instanceof TokenRefusal) {
    const { status, reason, description } = thrown
    const words = [reason, description].filter((part) => part !== undefined).map(redact)
    return new AuthError('auth/revocation-failed', {
      message: `The revocation endpoint answered ${status}${words.length === 0 ? '' : `: ${words.join(', ')}`}.`,
      status,
      retryable: status === 429 || status >= 500,
      providerMessage: words.length === 0 ? undefined : words.join(': '),
    })
  }
  if (!(thrown instanceof MainspringError))
    return new AuthError('auth/revocation-failed', { message: 'The revocation met an unexpected failure.' })
  if (thrown.code === 'call/aborted' || thrown.code.startsWith('policy/')) return thrown
  // Who refuses to renew has taken the grant back.
  const retryable = thrown.code !== 'auth/reconnect-needed'
  return new AuthError('auth/revocation-failed', {
    message: `The revocation failed: ${redact(thrown.message)}`,
    // Told twice, a provider does what it has done already.
    retryable,
    status: thrown.status,
    retryAfterMs: thrown.retryAfterMs,
  })
}
