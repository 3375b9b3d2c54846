import { AuthError } from '../../errors/index.ts'
import type { AuthenticationPlan, ConnectorPlan } from '../../plan/index.ts'
import { type AuthFlow, startFlow } from './auth-flow.ts'
import { discoveryOfCredentials, isPublicOnly } from './discovered-client.ts'
import { exchangeTokens, type TokenGrant } from './exchange-tokens.ts'
import { issueCredentials } from './issue-credentials.ts'
import type { IssuedCredentials, RefreshCredentialsOptions } from './linking.ts'
import { runRefreshAction } from './refresh-action.ts'
import { toAuthError } from './to-auth-error.ts'
import { clientOfDefinition, clientOfDiscovery, type TokenClient } from './token-client.ts'

/**
 * Renews the credentials of an account: by the definition's own refresh action, else by the refresh token or client
 * credentials grant. Gives the whole credentials, to be stored before they are used.
 *
 * @throws {AuthError} `auth/reconnect-needed`: the provider refuses for good; `auth/refresh-failed`: it may go well another
 * time; `auth/exchange-failed`: client or definition are wrong; `auth/unsupported-flow`: there is nothing to renew with
 */
export async function refreshCredentials(
  plan: ConnectorPlan,
  options: RefreshCredentialsOptions,
): Promise<IssuedCredentials> {
  const flow = startFlow(plan, options)
  const { refresh } = flow.authentication
  if (refresh !== undefined) return runRefreshAction(flow, refresh, options)
  const oauth = await import('oauth4webapi')
  const startedAtMs = flow.now()
  const { client, grant } = grantOf(flow, oauth, options.credentials)
  try {
    const tokens = await exchangeTokens(flow, oauth, client, grant)
    return issueCredentials(flow, options.credentials, tokens, startedAtMs)
  } catch (error) {
    throw toAuthError(error, flow, 'refresh')
  }
}

/** Whether credentials of this method can be renewed at all. */
export function isRenewable(
  { refresh, oauth, mcp }: AuthenticationPlan,
  credentials: Readonly<Record<string, unknown>>,
): boolean {
  if (refresh !== undefined) return true
  if (oauth?.hasTokenUrl === true && oauth.grantType === 'client_credentials') return true
  const hasToken = typeof credentials['refreshToken'] === 'string' && credentials['refreshToken'] !== ''
  return hasToken && (mcp !== undefined || oauth?.hasTokenUrl === true)
}

function grantOf(
  flow: AuthFlow,
  oauth: typeof import('oauth4webapi'),
  credentials: Readonly<Record<string, unknown>>,
): { client: TokenClient; grant: TokenGrant } {
  const { authentication, plan } = flow
  const { oauth: method, mcp } = authentication
  const { refreshToken } = credentials
  if (!isRenewable(authentication, credentials))
    throw new AuthError('auth/unsupported-flow', {
      message: `The credentials of "${plan.key}" cannot be renewed: there is no refresh token, and no other way is declared.`,
      hint: 'Let the person link the account again.',
    })
  const grant: TokenGrant =
    method?.grantType === 'client_credentials'
      ? { type: 'client_credentials' }
      : { type: 'refresh_token', refreshToken: String(refreshToken) }
  const found = mcp === undefined ? undefined : discoveryOfCredentials(credentials)
  if (found !== undefined)
    return { client: clientOfDiscovery(flow, found, oauth, isPublicOnly(found.resource)), grant }
  if (method === undefined)
    throw new AuthError('auth/unsupported-flow', {
      message: `The account of "${plan.key}" was not linked by its method "${authentication.key}".`,
    })
  return { client: clientOfDefinition(flow, method, oauth), grant }
}
