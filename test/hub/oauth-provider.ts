import { createHash, randomUUID } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A provider with a consent page that always says yes, and a folder with the connector for it. */
export interface OAuthProvider {
  readonly origin: string
  readonly connectors: string
  /** Tokens given out, newest last. */
  readonly accessTokens: readonly string[]
  /** The next one at the consent page says no. */
  refuseNext(): void
  close(): Promise<void>
}

export async function startOAuthProvider(): Promise<OAuthProvider> {
  const codes = new Map<string, { readonly challenge: string; readonly redirectUri: string }>()
  const accessTokens: string[] = []
  let refusing = false
  const server = createServer(async (request, response) => {
    const url = new URL(request.url ?? '/', 'http://provider')
    const json = (status: number, body: object) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
    if (url.pathname === '/auth') {
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
      return response.writeHead(302, { location: back.href }).end()
    }
    if (url.pathname === '/token') {
      let text = ''
      for await (const chunk of request) text += chunk
      const form = new URLSearchParams(text)
      const known = codes.get(form.get('code') ?? '')
      codes.delete(form.get('code') ?? '')
      const proof = createHash('sha256')
        .update(form.get('code_verifier') ?? '')
        .digest('base64url')
      const right =
        known?.challenge === proof &&
        known.redirectUri === form.get('redirect_uri') &&
        form.get('client_secret') === 'client-secret-1'
      if (!right) return json(400, { error: 'invalid_grant' })
      const accessToken = `access-${randomUUID()}`
      accessTokens.push(accessToken)
      return json(200, {
        access_token: accessToken,
        refresh_token: 'refresh-1',
        token_type: 'Bearer',
        expires_in: 3600,
      })
    }
    const [, token] = /^Bearer (.*)$/.exec(request.headers.authorization ?? '') ?? []
    if (!accessTokens.includes(token ?? '')) return json(401, { message: 'no' })
    return json(200, { people: [{ id: '1' }] })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const connectors = await mkdtemp(join(tmpdir(), 'mainspring-oauth-'))
  await writeFile(join(connectors, 'consent.connector.s1.yaml'), definition(origin))
  return {
    origin,
    connectors,
    accessTokens,
    refuseNext() {
      refusing = true
    },
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
      await rm(connectors, { recursive: true })
    },
  }
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
