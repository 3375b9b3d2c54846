import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import Provider, { type ClientMetadata, type Configuration } from 'oidc-provider'

/** A real authorization server, and an API that takes its tokens, on loopback. */
export interface AuthorizationServer {
  readonly issuer: string
  readonly provider: Provider
  /** Requests of the API, with the verdict on their token. */
  readonly seen: { readonly path: string; readonly token: string; readonly accepted: boolean }[]
  /** Requests of the token endpoint: header and body. */
  readonly tokenCalls: { readonly headers: IncomingMessage['headers']; readonly body: string }[]
  /** Answers the next token calls in place of the server. */
  interceptToken: ((response: ServerResponse, body: string) => boolean) | undefined
  close(): Promise<void>
}

export const clientSecret = 'canary-client-secret-7f3a9c51e2'
export const redirectUri = 'http://127.0.0.1:1/callback'

export interface ServerOptions {
  readonly client?: Partial<ClientMetadata>
  readonly configuration?: Configuration
  /** Life of an access token, in seconds. */
  readonly accessTokenSeconds?: number
}

export async function startAuthorizationServer(options: ServerOptions = {}): Promise<AuthorizationServer> {
  // Its warnings are about production.
  Object.assign(console, { warn: () => undefined, info: () => undefined })
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: 'integrator',
        client_secret: clientSecret,
        redirect_uris: [redirectUri],
        grant_types: ['authorization_code', 'refresh_token', 'client_credentials'],
        token_endpoint_auth_method: 'client_secret_post',
        ...options.client,
      },
    ],
    scopes: ['openid', 'offline_access', 'people.read', 'people.write'],
    ttl: { AccessToken: options.accessTokenSeconds ?? 3600, ClientCredentials: 3600, RefreshToken: 86_400 },
    rotateRefreshToken: true,
    pkce: { required: () => false },
    features: {
      devInteractions: { enabled: true },
      clientCredentials: { enabled: true },
      registration: { enabled: true },
      revocation: { enabled: true },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => `${issuer}/api`,
        useGrantedResource: () => true,
        getResourceServerInfo: () => ({
          scope: 'people.read people.write',
          accessTokenFormat: 'opaque',
          audience: issuer,
        }),
      },
    },
    cookies: { keys: ['fixed-for-tests'] },
    findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id }) }),
    ...options.configuration,
  })
  const result: AuthorizationServer = {
    issuer,
    provider,
    seen: [],
    tokenCalls: [],
    interceptToken: undefined,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
  const callback = provider.callback()
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    const path = new URL(request.url ?? '/', issuer).pathname
    if (path === '/token') void answerToken(result, request, response, callback)
    else if (path.startsWith('/api')) void answerApi(result, request, response)
    else if (path.startsWith('/.well-known/oauth-protected-resource'))
      json(response, 200, {
        resource: `${issuer}/api/mcp`,
        authorization_servers: [issuer],
        scopes_supported: ['people.read'],
      })
    else if (path === '/.well-known/oauth-authorization-server') {
      request.url = '/.well-known/openid-configuration'
      callback(request, response)
    } else callback(request, response)
  })
  return result
}

async function answerToken(
  server: AuthorizationServer,
  request: IncomingMessage,
  response: ServerResponse,
  callback: (request: IncomingMessage, response: ServerResponse) => void,
): Promise<void> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  const body = Buffer.concat(chunks).toString()
  server.tokenCalls.push({ headers: request.headers, body })
  if (server.interceptToken?.(response, body)) return
  // The body is read: the server takes it from here.
  Object.assign(request, { body })
  callback(request, response)
}

async function answerApi(
  server: AuthorizationServer,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const token = (request.headers.authorization ?? '').replace(/^Bearer /, '')
  const found =
    (await server.provider.AccessToken.find(token)) ?? (await server.provider.ClientCredentials.find(token))
  const accepted = found !== undefined
  const path = request.url ?? '/'
  server.seen.push({ path, token, accepted })
  if (accepted) json(response, 200, { people: [{ id: '1' }], scope: found.scope })
  else
    json(
      response,
      401,
      { message: `The token ${token} is not valid.` },
      {
        'www-authenticate': `Bearer resource_metadata="${server.issuer}/.well-known/oauth-protected-resource/api/mcp"`,
      },
    )
}

export function json(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body))
}

/** A person in a browser: signs in, says yes to everything, and gives the address they are sent back to. */
export async function consent(url: string, answer: 'yes' | 'no' = 'yes'): Promise<URLSearchParams> {
  const cookies = new Map<string, string>()
  let next = url
  let form: URLSearchParams | undefined
  for (let step = 0; step < 20; step += 1) {
    const response = await fetch(next, {
      redirect: 'manual',
      headers: { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
      ...(form === undefined ? {} : { method: 'POST', body: form }),
    })
    for (const cookie of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? []
      cookies.set(name, value)
    }
    form = undefined
    const location = response.headers.get('location')
    if (location !== null) {
      next = new URL(location, next).href
      if (next.startsWith(redirectUri)) return new URL(next).searchParams
      continue
    }
    const page = await response.text()
    const prompt = /name="prompt" value="(\w+)"/.exec(page)?.[1]
    if (prompt === undefined) throw new Error(`No form on the page: ${page.slice(0, 400)}`)
    if (answer === 'no') {
      next = new URL(/href="([^"]*\/abort)"/.exec(page)?.[1] ?? '', next).href
      continue
    }
    form = new URLSearchParams({ prompt, ...(prompt === 'login' ? { login: 'ines', password: 'x' } : {}) })
  }
  throw new Error('The person was sent around without end.')
}
