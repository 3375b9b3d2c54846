import { createHash, randomUUID } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** What one person has consented to: its refresh tokens work once. */
export interface ProviderGrant {
  accessToken: string
  refreshToken: string
  /** Whether the access token still lives. */
  lives: boolean
  /** Refresh tokens that were taken for new ones. */
  rotations: number
  /** Requests with a refresh token that was spent, or taken back. */
  refused: number
  revoked: boolean
}

/** A provider with a consent page that always says yes, and a folder with the connector for it. */
export interface OAuthProvider {
  readonly origin: string
  readonly connectors: string
  /** Tokens given out, newest last. */
  readonly accessTokens: readonly string[]
  /** Calls of the API, refused ones too. */
  readonly calls: number
  /** Requests at the token endpoint. */
  readonly tokenCalls: number
  /** Requests at the revocation endpoint, failed ones too. */
  readonly revocationCalls: number
  /** In the order of their revocation: `refresh-…`, `access-…`. */
  readonly revocations: readonly string[]
  /** A consent without its page. */
  grant(): ProviderGrant
  /** The grant that a token belongs to, spent ones too. */
  grantOf(token: string): ProviderGrant | undefined
  /** The access tokens of all grants end; refresh tokens stay. */
  expire(): void
  /** The next one at the consent page says no. */
  refuseNext(): void
  /**
   * Keeps the answers at this path back, for good. `before`: not even read. `after`: done, and not told.
   *
   * @returns one request that was kept, and what ends it all
   */
  hold(path: string, when: 'before' | 'after'): { readonly arrived: Promise<void>; release(): void }
  /** Requests at this path are answered so, until the function given back is called. */
  failAt(path: string, status: number): () => void
  close(): Promise<void>
}

export async function startOAuthProvider(): Promise<OAuthProvider> {
  const codes = new Map<string, { readonly challenge: string; readonly redirectUri: string }>()
  const accessTokens: string[] = []
  const byToken = new Map<string, ProviderGrant>()
  const revocations: string[] = []
  const failing = new Map<string, number>()
  const holds = new Map<string, { readonly when: 'before' | 'after'; readonly arrived: () => void }>()
  const counts = { calls: 0, token: 0, revocation: 0 }
  let refusing = false

  const issue = (grant: ProviderGrant) => {
    grant.accessToken = `access-${randomUUID()}`
    grant.refreshToken = `refresh-${randomUUID()}`
    grant.lives = true
    byToken.set(grant.accessToken, grant)
    byToken.set(grant.refreshToken, grant)
    accessTokens.push(grant.accessToken)
    return grant
  }
  const newGrant = () =>
    issue({ accessToken: '', refreshToken: '', lives: true, rotations: 0, refused: 0, revoked: false })
  const told = ({ accessToken, refreshToken }: ProviderGrant) => ({
    access_token: accessToken,
    refresh_token: refreshToken,
    token_type: 'Bearer',
    expires_in: 3600,
  })

  const exchange = (form: URLSearchParams): ProviderGrant | undefined => {
    const known = codes.get(form.get('code') ?? '')
    codes.delete(form.get('code') ?? '')
    const proof = createHash('sha256')
      .update(form.get('code_verifier') ?? '')
      .digest('base64url')
    const right = known?.challenge === proof && known.redirectUri === form.get('redirect_uri')
    return right ? newGrant() : undefined
  }
  const renew = (form: URLSearchParams): ProviderGrant | undefined => {
    const given = form.get('refresh_token') ?? ''
    const grant = byToken.get(given)
    if (grant === undefined) return undefined
    if (grant.refreshToken !== given || grant.revoked) {
      grant.refused += 1
      return undefined
    }
    grant.rotations += 1
    return issue(grant)
  }

  const answer = async (request: IncomingMessage, url: URL): Promise<[status: number, body: object]> => {
    const form = new URLSearchParams(await textOf(request))
    if (url.pathname === '/token') {
      counts.token += 1
      if (form.get('client_secret') !== 'client-secret-1') return [401, { error: 'invalid_client' }]
      const grant = form.get('grant_type') === 'refresh_token' ? renew(form) : exchange(form)
      return grant === undefined ? [400, { error: 'invalid_grant' }] : [200, told(grant)]
    }
    if (url.pathname === '/revoke') {
      const token = form.get('token') ?? ''
      if (form.get('client_secret') !== 'client-secret-1') return [401, { error: 'invalid_client' }]
      revocations.push(token)
      const grant = byToken.get(token)
      if (grant?.refreshToken === token) grant.revoked = true
      if (grant !== undefined) grant.lives = false
      return [200, {}]
    }
    counts.calls += 1
    const [, token = ''] = /^Bearer (.*)$/.exec(request.headers.authorization ?? '') ?? []
    const grant = byToken.get(token)
    const valid = grant?.accessToken === token && grant.lives && !grant.revoked
    return valid ? [200, { people: [{ id: '1' }] }] : [401, { message: 'no' }]
  }

  const consent = (url: URL, response: ServerResponse) => {
    const back = new URL(url.searchParams.get('redirect_uri') ?? '')
    back.searchParams.set('state', url.searchParams.get('state') ?? '')
    if (refusing) back.searchParams.set('error', 'access_denied')
    else {
      const code = randomUUID()
      codes.set(code, {
        challenge: url.searchParams.get('code_challenge') ?? '',
        redirectUri: url.searchParams.get('redirect_uri') ?? '',
      })
      back.searchParams.set('code', code)
    }
    refusing = false
    response.writeHead(302, { location: back.href }).end()
  }

  const server = createServer(async (request, response) => {
    const url = new URL(request.url ?? '/', 'http://provider')
    if (url.pathname === '/auth') return consent(url, response)
    if (url.pathname === '/revoke') counts.revocation += 1
    const held = holds.get(url.pathname)
    if (held?.when === 'before') return held.arrived()
    const failure = failing.get(url.pathname)
    const [status, body] =
      failure === undefined ? await answer(request, url) : [failure, { message: 'failed' }]
    if (held !== undefined) return held.arrived()
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const connectors = await mkdtemp(join(tmpdir(), 'mainspring-oauth-'))
  await writeFile(join(connectors, 'consent.connector.s1.yaml'), definition(origin))
  return {
    origin,
    connectors,
    accessTokens,
    revocations,
    get calls() {
      return counts.calls
    },
    get tokenCalls() {
      return counts.token
    },
    get revocationCalls() {
      return counts.revocation
    },
    grant: newGrant,
    grantOf: (token) => byToken.get(token),
    expire() {
      for (const grant of byToken.values()) grant.lives = false
    },
    refuseNext() {
      refusing = true
    },
    hold(path, when) {
      const { promise, resolve } = Promise.withResolvers<void>()
      holds.set(path, { when, arrived: resolve })
      return { arrived: promise, release: () => void holds.delete(path) }
    },
    failAt(path, status) {
      failing.set(path, status)
      return () => void failing.delete(path)
    },
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
      await rm(connectors, { recursive: true })
    },
  }
}

async function textOf(request: IncomingMessage): Promise<string> {
  let text = ''
  for await (const chunk of request) text += chunk
  return text
}

function definition(origin: string): string {
  return `StackOne: 1.0.0
info: { title: Consent, key: consent, version: 1.0.0, description: Asks for consent. }
baseUrl: ${origin}
authentication:
  - oauth:
      type: oauth2
      label: Sign in
      grantType: authorization_code
      support: { description: Ask us., link: 'https://help.example', guides: { config: Press **Allow**., setup: 'https://docs.example/setup' } }
      setupNotices:
        - { key: kind, type: info, position: top, description: Register an application of the kind “web”. }
      setupFields:
        - { key: clientId, label: Client id, type: text, required: true, secret: false }
        - { key: clientSecret, label: Client secret, type: password, required: true, secret: true }
      environments: [{ key: production, name: Production }]
      authorization:
        type: oauth2
        token: $.credentials.accessToken
        authorizationUrl: ${origin}/auth
        authorizationParams:
          response_type: code
          client_id: $.credentials.clientId
        tokenUrl: ${origin}/token
        pkce: true
      testActions:
        - { required: true, action: list_people }
      x-mainspring: { oauth: { revocation: { url: '${origin}/revoke' } } }
actions:
  - actionId: list_people
    label: List
    description: Lists.
    categories: [ats]
    actionType: custom
    steps:
      - stepId: get
        description: d
        stepFunction:
          functionName: request
          parameters: { url: /people, method: get, response: { dataKey: people } }
    result: { data: $.steps.get.output.data }
`
}
