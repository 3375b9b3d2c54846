import type * as OAuth from 'oauth4webapi'
import { AuthError, MainspringError } from '../../errors/index.ts'
import type { McpAuthorizationPlan } from '../../plan/index.ts'
import type { AuthFlow } from './auth-flow.ts'
import { isPublicOnly } from './discovered-client.ts'
import type { BeginAuthorizationOptions, DiscoveredClient } from './linking.ts'
import { createOAuthFetch } from './oauth-fetch.ts'

type Fetch = ReturnType<typeof createOAuthFetch>

interface Discovery {
  readonly oauth: typeof OAuth
  readonly fetch: Fetch
  readonly insecure: boolean
}

/**
 * Finds the authorization server of an MCP server (RFC 9728, then RFC 8414 or OpenID discovery) and becomes a client
 * there: by registration (RFC 7591) or by the address of the caller's metadata document.
 *
 * @throws {AuthError} `auth/discovery-failed`
 */
export async function discoverClient(
  flow: AuthFlow,
  plan: McpAuthorizationPlan,
  oauth: typeof OAuth,
  options: BeginAuthorizationOptions,
): Promise<DiscoveredClient> {
  const serverUrl = flow.locate(plan.serverUrl(flow.context))
  const publicOnly = isPublicOnly(serverUrl)
  const fetch = createOAuthFetch(flow, { step: 'discovery', publicOnly, declaredPort: plan.serverPort })
  const discovery = { oauth, fetch, insecure: !publicOnly }
  try {
    const { issuer, resource } = await findIssuer(discovery, serverUrl)
    const server = await findServer(discovery, issuer)
    return await becomeClient(discovery, server, resource, plan, options)
  } catch (error) {
    if (error instanceof AuthError) throw error
    if (
      error instanceof MainspringError &&
      (error.code === 'call/aborted' || error.code.startsWith('policy/'))
    )
      throw error
    const why = error instanceof MainspringError ? error.message : 'an answer does not follow the standard.'
    throw new AuthError('auth/discovery-failed', {
      message: `The authorization server of ${new URL(serverUrl).host} cannot be found: ${why}`,
    })
  }
}

/** The server names its metadata in the challenge of a refused call; without one, they are at the well-known place. */
async function findIssuer(
  discovery: Discovery,
  serverUrl: string,
): Promise<{ issuer: string; resource: string }> {
  const { oauth, fetch, insecure } = discovery
  const refused = await fetch(serverUrl, { method: 'GET', headers: { accept: 'application/json' } })
  const named = /resource_metadata="([^"]+)"/i.exec(refused.headers.get('www-authenticate') ?? '')?.[1]
  const identifier = new URL(serverUrl)
  const response = await (named === undefined
    ? oauth.resourceDiscoveryRequest(identifier, {
        [oauth.customFetch]: fetch as never,
        [oauth.allowInsecureRequests]: insecure,
      })
    : fetch(sameOrigin(named, identifier), { method: 'GET', headers: { accept: 'application/json' } }))
  if (response.status === 404 && named === undefined)
    // Servers older than RFC 9728 are their own authorization server.
    return { issuer: identifier.origin, resource: serverUrl }
  const text = await response.text()
  const metadata: unknown = JSON.parse(text)
  const { resource, authorization_servers: servers } = metadata as Record<string, unknown>
  const [issuer] = Array.isArray(servers) ? servers : []
  if (typeof issuer !== 'string' || typeof resource !== 'string' || !covers(resource, identifier))
    throw new AuthError('auth/discovery-failed', {
      message: `The metadata of ${identifier.host} are of another resource, or name no authorization server.`,
    })
  return { issuer, resource }
}

/** Metadata elsewhere could hand our tokens to anybody. */
function sameOrigin(named: string, server: URL): string {
  if (URL.canParse(named) && new URL(named).origin === server.origin) return named
  throw new AuthError('auth/discovery-failed', {
    message: `The server ${server.host} names metadata of another origin.`,
  })
}

function covers(resource: string, server: URL): boolean {
  if (!URL.canParse(resource)) return false
  const { origin, pathname } = new URL(resource)
  const path = pathname.replace(/\/$/, '')
  return origin === server.origin && (server.pathname === path || server.pathname.startsWith(`${path}/`))
}

async function findServer(
  { oauth, fetch, insecure }: Discovery,
  issuer: string,
): Promise<OAuth.AuthorizationServer> {
  const identifier = new URL(issuer)
  for (const algorithm of ['oauth2', 'oidc'] as const) {
    const response = await oauth.discoveryRequest(identifier, {
      algorithm,
      [oauth.customFetch]: fetch as never,
      [oauth.allowInsecureRequests]: insecure,
    })
    if (response.status === 200) return oauth.processDiscoveryResponse(identifier, response)
  }
  throw new AuthError('auth/discovery-failed', {
    message: `The authorization server ${identifier.host} publishes no metadata.`,
  })
}

async function becomeClient(
  discovery: Discovery,
  server: OAuth.AuthorizationServer,
  resource: string,
  plan: McpAuthorizationPlan,
  options: BeginAuthorizationOptions,
): Promise<DiscoveredClient> {
  const { authorization_endpoint: authorizationEndpoint, token_endpoint: tokenEndpoint } = server
  if (authorizationEndpoint === undefined || tokenEndpoint === undefined)
    throw new AuthError('auth/discovery-failed', {
      message: `The authorization server ${server.issuer} names no endpoints for authorization and tokens.`,
    })
  if (!(server.code_challenge_methods_supported ?? []).includes('S256'))
    throw new AuthError('auth/discovery-failed', {
      message: `The authorization server ${server.issuer} does not support S256 code challenges.`,
    })
  const found = {
    issuer: server.issuer,
    authorizationEndpoint,
    tokenEndpoint,
    resource,
    requiresIssuer: server.authorization_response_iss_parameter_supported === true,
  }
  if (plan.clientRegistration === 'cimd') {
    if (options.clientMetadataUrl === undefined)
      throw new AuthError('auth/discovery-failed', {
        message: 'The method wants the address of a client metadata document, and none was given.',
        hint: 'Serve the document and pass its address as `clientMetadataUrl`.',
      })
    return { ...found, clientId: options.clientMetadataUrl, clientAuthentication: 'none' }
  }
  return { ...found, ...(await register(discovery, server, plan, options)) }
}

async function register(
  { oauth, fetch, insecure }: Discovery,
  server: OAuth.AuthorizationServer,
  plan: McpAuthorizationPlan,
  options: BeginAuthorizationOptions,
): Promise<Pick<DiscoveredClient, 'clientId' | 'clientSecret' | 'clientAuthentication'>> {
  if (server.registration_endpoint === undefined)
    throw new AuthError('auth/discovery-failed', {
      message: `The authorization server ${server.issuer} takes no registrations.`,
    })
  const response = await oauth.dynamicClientRegistrationRequest(
    server,
    {
      client_name: options.clientName ?? 'Mainspring',
      redirect_uris: [options.redirectUri],
      grant_types: ['authorization_code', 'refresh_token'],
      response_types: ['code'],
      token_endpoint_auth_method: 'none',
      ...(plan.scopes.length === 0 ? {} : { scope: plan.scopes.join(' ') }),
    },
    { [oauth.customFetch]: fetch as never, [oauth.allowInsecureRequests]: insecure },
  )
  if (response.status >= 400)
    throw new AuthError('auth/discovery-failed', {
      message: `The authorization server ${server.issuer} refused the registration with status ${response.status}.`,
      status: response.status,
    })
  const client = await oauth.processDynamicClientRegistrationResponse(response)
  const { client_secret: secret, token_endpoint_auth_method: method } = client as Record<string, unknown>
  if (typeof secret !== 'string' || method === 'none')
    return { clientId: client.client_id, clientAuthentication: 'none' }
  return {
    clientId: client.client_id,
    clientSecret: secret,
    clientAuthentication: method === 'client_secret_post' ? 'body' : 'basic',
  }
}
