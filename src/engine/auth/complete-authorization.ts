import type * as OAuth from 'oauth4webapi'
import { AuthError } from '../../errors/index.ts'
import { createRedactor } from '../../http/index.ts'
import type { ConnectorPlan } from '../../plan/index.ts'
import { type AuthFlow, startFlow } from './auth-flow.ts'
import { credentialsOfDiscovery, isPublicOnly } from './discovered-client.ts'
import { exchangeTokens } from './exchange-tokens.ts'
import { issueCredentials } from './issue-credentials.ts'
import type { CompleteAuthorizationOptions, IssuedCredentials, PendingAuthorization } from './linking.ts'
import { toAuthError } from './to-auth-error.ts'
import { clientOfDefinition, clientOfDiscovery, type TokenClient } from './token-client.ts'

/** A person who takes longer has left; the code itself lives for minutes only. */
const longestPendingMs = 60 * 60 * 1000

/**
 * Ends what {@link beginAuthorization} began: checks the return and exchanges the code for credentials. Use `pending`
 * once, and forget it whatever comes of it.
 *
 * @throws {AuthError} `auth/state-mismatch`, `auth/denied`, `auth/expired`, `auth/exchange-failed`
 * @throws {NetworkError} `call/aborted`
 */
export async function completeAuthorization(
  plan: ConnectorPlan,
  options: CompleteAuthorizationOptions,
): Promise<IssuedCredentials> {
  const { pending } = options
  const flow = startFlow(plan, {
    ...options,
    authentication: pending.authentication,
    environment: pending.environment,
    credentials: pending.credentials,
    redirectUri: pending.redirectUri,
    apiHostUri: pending.apiHostUri,
  })
  if (pending.connector !== plan.key)
    throw new AuthError('auth/state-mismatch', {
      message: `The authorization was begun for another connector than "${plan.key}".`,
    })
  const startedAtMs = flow.now()
  if (startedAtMs - Date.parse(pending.startedAt) > longestPendingMs)
    throw new AuthError('auth/expired', { message: 'The authorization was begun more than an hour ago.' })
  const parameters = new URLSearchParams(options.callbackParams)
  const oauth = await import('oauth4webapi')
  const client = clientOf(flow, pending, oauth)
  for (const secret of [parameters.get('code'), pending.codeVerifier, pending.nonce, pending.state])
    if (typeof secret === 'string') flow.secrets.push(secret)
  const callback = checkCallback(oauth, client, parameters, pending.state, flow)
  try {
    const tokens = await exchangeTokens(flow, oauth, client, {
      type: 'authorization_code',
      callback,
      redirectUri: pending.redirectUri,
      codeVerifier: pending.codeVerifier,
      nonce: pending.nonce,
    })
    requireScopes(flow, tokens.scope)
    const kept = {
      ...pending.credentials,
      ...takeCallbackParams(flow, parameters),
      ...(pending.discovered === undefined ? {} : credentialsOfDiscovery(pending.discovered)),
    }
    return issueCredentials(flow, kept, tokens, startedAtMs)
  } catch (error) {
    throw toAuthError(error, flow, 'link')
  }
}

function clientOf(flow: AuthFlow, pending: PendingAuthorization, oauth: typeof OAuth): TokenClient {
  const { mcp, oauth: method } = flow.authentication
  if (mcp !== undefined && pending.discovered !== undefined)
    return clientOfDiscovery(flow, pending.discovered, oauth, isPublicOnly(pending.discovered.resource))
  if (method !== undefined && pending.discovered === undefined) return clientOfDefinition(flow, method, oauth)
  throw new AuthError('auth/unsupported-flow', {
    message: `The method "${pending.authentication}" of "${flow.plan.key}" does not send people to the provider.`,
  })
}

function checkCallback(
  oauth: typeof OAuth,
  client: TokenClient,
  given: URLSearchParams,
  state: string,
  flow: AuthFlow,
): URLSearchParams {
  const parameters = new URLSearchParams(given)
  // Without a declared issuer there is nothing to hold this one against.
  if (client.issuer === undefined) parameters.delete('iss')
  try {
    return oauth.validateAuthResponse(client.server, client.identity, parameters, state)
  } catch (error) {
    if (error instanceof oauth.AuthorizationResponseError) throw deniedError(given, flow)
    throw new AuthError('auth/state-mismatch', {
      message:
        given.get('state') === state
          ? 'The provider that answered is not the one that was asked, or its answer does not follow the standard.'
          : 'The state of the return is not the one this authorization was begun with.',
    })
  }
}

/** The words come from the address bar, so that anybody may have written them: bounded, and told as a quotation. */
function deniedError(parameters: URLSearchParams, flow: AuthFlow): AuthError {
  const redact = createRedactor(flow.secrets)
  const words = [parameters.get('error'), parameters.get('error_description')]
    .filter((part) => part !== null)
    .map((part) => redact(part.replace(/\p{Cc}/gu, ' ')).slice(0, 200))
  return new AuthError('auth/denied', {
    message: `The provider sent the person back without a code: ${words.join(', ')}.`,
    providerMessage: words.join(': '),
  })
}

/** A person may untick scopes; the account would then fail at some later time. */
function requireScopes({ authentication }: AuthFlow, granted: string | undefined): void {
  if (granted === undefined) return
  const names = new Set(granted.split(/[\s,]+/))
  const missing = authentication.requiredScopes.filter((scope) => !names.has(scope))
  if (missing.length === 0) return
  throw new AuthError('auth/denied', {
    message: `The person did not grant what the connector needs: ${missing.join(', ')}.`,
    hint: 'Start again, and leave all boxes ticked at the provider.',
  })
}

function takeCallbackParams(
  { authentication }: AuthFlow,
  parameters: URLSearchParams,
): Record<string, string> {
  const declared = Object.entries(authentication.oauth?.callbackParams ?? {})
  return Object.fromEntries(
    declared.flatMap(([parameter, credential]) => {
      const value = parameters.get(parameter)
      return value === null || value === '' ? [] : [[credential, value]]
    }),
  )
}
