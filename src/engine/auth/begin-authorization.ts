import type * as OAuth from 'oauth4webapi'
import { AuthError } from '../../errors/index.ts'
import type { ConnectorPlan, OAuthPlan } from '../../plan/index.ts'
import { type AuthFlow, startFlow } from './auth-flow.ts'
import { discoverClient } from './discover-client.ts'
import type { BeginAuthorizationOptions, BegunAuthorization } from './linking.ts'

/**
 * Begins to link an account by the consent of a person at the provider: gives the address to send the person to. Sends
 * nothing for `oauth2`; for `mcp` it finds the authorization server and registers there.
 *
 * @throws {AuthError} `auth/unsupported-flow`, `auth/missing-credential`, `auth/invalid-credential`, `auth/discovery-failed`
 */
export async function beginAuthorization(
  plan: ConnectorPlan,
  options: BeginAuthorizationOptions,
): Promise<BegunAuthorization> {
  const redirect = parseRedirect(options.redirectUri)
  const apiHostUri = options.apiHostUri ?? redirect.origin
  const flow = startFlow(plan, { ...options, apiHostUri })
  const oauth = await import('oauth4webapi')
  const state = checkState(options.state) ?? oauth.generateRandomState()
  const { authentication } = flow
  const begun = {
    connector: plan.key,
    authentication: authentication.key,
    environment: flow.context.context.environment,
    state,
    startedAt: new Date(flow.now()).toISOString(),
    apiHostUri,
    credentials: { ...options.credentials },
  }
  if (authentication.mcp !== undefined) {
    const { mcp } = authentication
    const discovered = await discoverClient(flow, mcp, oauth, options)
    const codeVerifier = oauth.generateRandomCodeVerifier()
    const query = {
      ...codeQuery(discovered.clientId, options.redirectUri, state),
      ...(await challengeQuery(oauth, codeVerifier)),
      resource: discovered.resource,
      ...(mcp.scopes.length === 0 ? {} : { scope: mcp.scopes.join(' ') }),
    }
    return {
      url: withQuery(discovered.authorizationEndpoint, query),
      pending: { ...begun, redirectUri: options.redirectUri, codeVerifier, discovered },
    }
  }
  const { oauth: method } = authentication
  if (method === undefined || !method.hasAuthorizationUrl || !method.hasTokenUrl)
    throw new AuthError('auth/unsupported-flow', {
      message: `The method "${authentication.key}" of "${plan.key}" does not send people to the provider.`,
    })
  const redirectUri = method.redirectUri(flow.context) ?? options.redirectUri
  return beginCode(flow, method, oauth, { ...begun, redirectUri })
}

type Begun = Omit<BegunAuthorization['pending'], 'codeVerifier' | 'nonce' | 'discovered'>

async function beginCode(
  flow: AuthFlow,
  method: OAuthPlan,
  oauth: typeof OAuth,
  begun: Begun,
): Promise<BegunAuthorization> {
  const { context } = flow
  const parameters = method.authorizationParams(context)
  const clientId = parameters['client_id'] ?? textOf(context.credentials['clientId'])
  if (clientId === undefined)
    throw new AuthError('auth/missing-credential', {
      message: 'There is no client id: neither a setup value "clientId" nor a `client_id` in the definition.',
    })
  const codeVerifier = method.pkce(context) ? oauth.generateRandomCodeVerifier() : undefined
  const scope = parameters['scope'] ?? method.scopes(context)
  // An identity token is bound to this browser by a nonce; it is only read where the issuer is known.
  const isOpenId = method.issuer(context) !== undefined && (scope ?? '').split(/[\s,]+/).includes('openid')
  const nonce = isOpenId ? oauth.generateRandomNonce() : undefined
  const query = {
    ...parameters,
    ...codeQuery(clientId, begun.redirectUri, begun.state),
    ...(scope === undefined ? {} : { scope }),
    ...(codeVerifier === undefined ? {} : await challengeQuery(oauth, codeVerifier)),
    ...(nonce === undefined ? {} : { nonce }),
  }
  return {
    url: withQuery(flow.locate(method.authorizationUrl(context)), query),
    pending: {
      ...begun,
      ...(codeVerifier === undefined ? {} : { codeVerifier }),
      ...(nonce === undefined ? {} : { nonce }),
    },
  }
}

/** What the engine itself decides, whatever the definition writes: `state` guards the return. */
function codeQuery(clientId: string, redirectUri: string, state: string): Record<string, string> {
  return { response_type: 'code', client_id: clientId, redirect_uri: redirectUri, state }
}

async function challengeQuery(oauth: typeof OAuth, codeVerifier: string): Promise<Record<string, string>> {
  return {
    code_challenge: await oauth.calculatePKCECodeChallenge(codeVerifier),
    code_challenge_method: 'S256',
  }
}

function withQuery(address: string, query: Readonly<Record<string, string>>): string {
  const url = new URL(address)
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value)
  // Form encoding writes a space as a plus sign; every server understands the percent form.
  url.search = url.search.replaceAll('+', '%20')
  return url.href
}

function parseRedirect(redirectUri: string): URL {
  const url = URL.canParse(redirectUri) ? new URL(redirectUri) : undefined
  if (url !== undefined && url.hash === '' && url.username === '' && url.password === '') return url
  throw new AuthError('auth/unsupported-flow', {
    message: 'The address of return is not an absolute address without a fragment.',
    hint: 'Pass `redirectUri` exactly as it is registered with the provider.',
  })
}

function checkState(state: string | undefined): string | undefined {
  if (state === undefined || state.length >= 32) return state
  throw new AuthError('auth/unsupported-flow', {
    message: 'The state has fewer than 32 characters, so that it could be guessed.',
    hint: 'Leave `state` out, or give one of at least 32 random characters.',
  })
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}
