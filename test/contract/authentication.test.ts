import { afterAll, beforeAll, beforeEach, expect } from '@jest/globals'
import {
  beginAuthorization,
  completeAuthorization,
  createTransport,
  explainAction,
  refreshCredentials,
  runAction,
  testCredentials,
} from '../../src/index.ts'
import { clientSecret } from '../engine/auth/authorization-server.ts'
import { makePlan, oauthMethod } from '../engine/auth/make-plan.ts'
import { type FakeProvider, json, type SeenRequest, startProvider } from '../engine/fake-provider.ts'
import { loopback } from '../fixtures/loopback.ts'
import { proves } from './proves.ts'

const transport = createTransport({ network: loopback })
const setup = { clientId: 'integrator', clientSecret }
const redirectUri = 'https://hub.example.com/callback'
let provider: FakeProvider
let answer: (request: SeenRequest) => unknown = () => ({ people: [] })

beforeAll(async () => {
  provider = await startProvider((request, response) => json(response, answer(request)))
})
beforeEach(() => {
  answer = () => ({ people: [] })
  provider.seen.length = 0
})
afterAll(async () => {
  transport.close()
  await provider.close()
})

function method(authorization: string, more = '', key = 'key'): string {
  return `- ${key}:
    type: custom
    label: ${key}
    environments: [{ key: production, name: Production }, { key: test, name: Test }]
    authorization: ${authorization}
${more.replace(/^(?=.)/gm, '    ')}`
}

async function headersOf(authorization: string, credentials: Record<string, string>, action?: string) {
  const plan = await makePlan(provider.origin, method(authorization), '', action)
  await runAction(plan, 'list_people', { credentials, transport })
  return provider.seen.at(-1)?.headers ?? {}
}

const withStep = (parameters: string) => `  - actionId: list_people
    label: List
    description: Lists.
    categories: [ats]
    actionType: custom
    steps:
      - stepId: get
        description: d
        stepFunction: { functionName: request, parameters: { url: /people, method: get, ${parameters} } }
    result: { data: $.steps.get.output.data }`

proves('3/none', 'no header is sent', async () => {
  expect(await headersOf('{ type: none }', {})).not.toHaveProperty('authorization')
})

proves('3/basic', 'user and password are encoded as the definition says; both may be empty', async () => {
  const pair = '{ type: basic, username: $.credentials.u, password: $.credentials.p }'
  const base64 = Buffer.from('ann:s€cret:x').toString('base64')
  expect((await headersOf(pair, { u: 'ann', p: 's€cret:x' })).authorization).toBe(`Basic ${base64}`)
  expect((await headersOf('{ type: basic, username: ann }', {})).authorization).toBe(
    `Basic ${Buffer.from('ann:').toString('base64')}`,
  )
  expect((await headersOf('{ type: basic, username: ann, encoding: hex }', {})).authorization).toBe(
    `Basic ${Buffer.from('ann:').toString('hex')}`,
  )
})

proves('3/bearer', 'the token goes with or without its scheme', async () => {
  const token = { t: 'token-1234' }
  expect((await headersOf('{ type: bearer, token: $.credentials.t }', token)).authorization).toBe(
    'Bearer token-1234',
  )
  expect(
    (await headersOf('{ type: bearer, token: $.credentials.t, includeBearer: false }', token)).authorization,
  ).toBe('token-1234')
})

proves('3/oauth2', 'the token goes as a bearer token', async () => {
  const headers = await headersOf('{ type: oauth2, token: $.credentials.accessToken }', {
    accessToken: 'token-1234',
  })
  expect(headers.authorization).toBe('Bearer token-1234')
})

proves('3/authorization-per-request', 'a value that an earlier answer gives is used', async () => {
  answer = ({ path }) => (path === '/session' ? { session: 'session-77' } : { people: [] })
  const plan = await makePlan(
    provider.origin,
    method('{ type: none }'),
    '',
    `  - actionId: list_people
    label: List
    description: Lists.
    categories: [ats]
    actionType: custom
    steps:
      - { stepId: open, description: d, stepFunction: { functionName: request, parameters: { url: /session, method: get } } }
      - { stepId: get, description: d, stepFunction: { functionName: request, parameters: { url: /people, method: get, authorization: { type: bearer, token: $.steps.open.output.data.session } } } }
    result: { data: $.steps.get.output.data }`,
  )
  await runAction(plan, 'list_people', { transport })
  expect(provider.seen.at(-1)?.headers.authorization).toBe('Bearer session-77')
})

proves('3/authorization-of-step', 'a step’s own authorization replaces the method’s', async () => {
  const step = withStep('authorization: { type: basic, username: own }')
  const headers = await headersOf('{ type: bearer, token: shared-token }', {}, step)
  expect(headers.authorization).toBe(`Basic ${Buffer.from('own:').toString('base64')}`)
})

proves('3/authorization-last', 'an Authorization among the args loses, unless the type is none', async () => {
  const step = withStep('args: [{ name: Authorization, value: mine, in: headers }]')
  expect((await headersOf('{ type: bearer, token: shared-token }', {}, step)).authorization).toBe(
    'Bearer shared-token',
  )
  expect((await headersOf('{ type: none }', {}, step)).authorization).toBe('mine')
})

proves('3/authorization-strict', 'an unknown key is an error of the definition', async () => {
  await expect(headersOf('{ type: bearer, tokn: x, token: y }', {})).rejects.toThrow(/tokn/)
})

proves(
  ['3/methods', '2/authentication', '2/baseUrl'],
  'the key of the method in use chooses the base URL',
  async () => {
    const plan = await makePlan(
      `"{{$.context.authenticationType == 'eu' ? '${provider.origin}/eu' : '${provider.origin}/us'}}"`,
      `${method('{ type: none }', '', 'us')}\n${method('{ type: none }', '', 'eu')}`,
    )
    await runAction(plan, 'list_people', { transport })
    await runAction(plan, 'list_people', { transport, authentication: 'eu' })
    expect(provider.seen.map(({ path }) => path)).toEqual(['/us/people', '/eu/people'])
    await expect(runAction(plan, 'list_people', { transport, authentication: 'asia' })).rejects.toMatchObject(
      {
        code: 'auth/unknown-method',
      },
    )
  },
)

proves('3/environments', 'production is the default; expressions see the one in use', async () => {
  const plan = await makePlan(
    `"{{$.context.environment == 'test' ? '${provider.origin}/test' : '${provider.origin}/live'}}"`,
    method('{ type: none }'),
  )
  await runAction(plan, 'list_people', { transport })
  await runAction(plan, 'list_people', { transport, environment: 'test' })
  expect(provider.seen.map(({ path }) => path)).toEqual(['/live/people', '/test/people'])
})

proves('3/setupFields', 'the integrator’s values are read like credentials, and are kept apart', async () => {
  const plan = await makePlan(
    provider.origin,
    method(
      '{ type: bearer, token: $.credentials.partnerKey }',
      'setupFields: [{ key: partnerKey, label: Key, type: password, required: true }]',
    ),
  )
  await runAction(plan, 'list_people', { transport, setup: { partnerKey: 'partner-key-1' } })
  expect(provider.seen.at(-1)?.headers.authorization).toBe('Bearer partner-key-1')
})

proves(
  '3/testActions',
  'required ones decide; one by id, one inline, one whose condition is not met',
  async () => {
    answer = ({ path }) => (path === '/inline' ? { ok: true } : { people: [] })
    const tests = `testActions:
  - { action: list_people, required: true }
  - { action: { actionId: inline, label: I, description: d, categories: [internal], actionType: test, steps: [{ stepId: s, description: d, stepFunction: { functionName: request, parameters: { url: "/inline?flow=\${context.flowType}", method: get } } }], result: { data: 1 } }, required: false }
  - { action: list_people, required: true, condition: "{{$.context.environment == 'test'}}" }`
    const plan = await makePlan(provider.origin, method('{ type: none }', tests))
    const { ok, results } = await testCredentials(plan, { credentials: {}, transport })
    expect(ok).toBe(true)
    expect(results).toEqual([
      { actionId: 'list_people', required: true, ok: true },
      { actionId: 'inline', required: false, ok: true },
      { actionId: 'list_people', required: true, ok: true, skipped: true },
    ])
    expect(provider.seen.at(-1)?.query).toEqual({ flow: 'test_action' })
  },
)

const refreshing = (parameters: string, result = '') => `refreshAuthentication:
  schedule: 0 * * * *
  action:
    actionId: renew
    label: Renew
    description: d
    actionType: refresh_token
    categories: [internal]
    steps:
      - { stepId: token, description: d, stepFunction: { functionName: request, parameters: { baseUrl: "${'${credentials.login}'}", url: /oauth/token, method: post, ${parameters} } } }
      - { stepId: map, description: d, stepFunction: { functionName: map_fields, version: "2", parameters: { dataSource: $.steps.token.output.data, fields: [{ targetFieldKey: accessToken, type: string, expression: $.access_token }, { targetFieldKey: refreshToken, type: string, expression: $.refresh_token }, { targetFieldKey: expiresIn, type: number, expression: $.expires_in }, { targetFieldKey: cloudId, type: string, expression: $.cloud }] } } }
    result: { data: $.steps.map.output.data }
${result}`
const form = `authorization: { type: basic, username: $.credentials.clientId, password: $.credentials.clientSecret }, args: [{ name: Content-Type, value: application/x-www-form-urlencoded, in: headers }, { name: grant_type, value: refresh_token, in: body }, { name: refresh_token, value: $.credentials.refreshToken, in: body }]`

proves(
  '3/refresh-flow',
  'the action runs with its own base URL and authorization; what it gives is merged',
  async () => {
    answer = () => ({
      access_token: 'access-new-1',
      refresh_token: 'refresh-same-1',
      expires_in: '60',
      cloud: 'c1',
    })
    const plan = await makePlan(
      'https://api.example.com',
      method('{ type: bearer, token: $.credentials.accessToken }', refreshing(form)),
    )
    const credentials = {
      login: provider.origin,
      accessToken: 'access-old-1',
      refreshToken: 'refresh-same-1',
      kept: 'k',
    }
    const now = () => Date.parse('2026-01-01T00:00:00Z')
    const { expiresAt, ...done } = await refreshCredentials(plan, { credentials, setup, transport, now })
    // A refresh token that stays the same comes back in the answer: it must not be masked there.
    expect(done.credentials).toEqual({ ...credentials, accessToken: 'access-new-1', cloudId: 'c1' })
    expect(expiresAt).toBe('2026-01-01T00:01:00.000Z')
    const [seen] = provider.seen
    expect(seen?.body).toBe('grant_type=refresh_token&refresh_token=refresh-same-1')
    expect(seen?.headers.authorization).toBe(
      `Basic ${Buffer.from(`integrator:${clientSecret}`).toString('base64')}`,
    )
  },
)

proves(
  '3/refreshAuthentication.schedule',
  'it is in the plan for hosts; a call renews a token at its end and not at the hour',
  async () => {
    answer = ({ path }) =>
      path === '/oauth/token' ? { access_token: 'access-new-2', expires_in: 3600 } : { people: [] }
    const plan = await makePlan(
      provider.origin,
      method('{ type: bearer, token: $.credentials.accessToken }', refreshing(form)),
    )
    expect(plan.authentications[0]?.refresh?.schedule).toBe('0 * * * *')
    let now = Date.parse('2026-01-01T00:30:00Z')
    let state = {
      version: 1,
      credentials: {
        login: provider.origin,
        accessToken: 'access-old-2',
        refreshToken: 'refresh-2',
      } as Record<string, unknown>,
      issuedAt: '2026-01-01T00:30:00.000Z',
      expiresAt: '2026-01-01T03:30:00.000Z',
    }
    const source = {
      key: 'scheduled-account',
      read: async () => state,
      update: async (next: { credentials: Readonly<Record<string, unknown>>; expiresAt?: string }) => {
        state = { ...state, ...next, version: 2 }
        return state
      },
    }
    const sent = async () => {
      provider.seen.length = 0
      await runAction(plan, 'list_people', { credentials: source, setup, transport, now: () => now })
      return provider.seen.map(({ path }) => path)
    }
    // An hour has begun since: the schedule would have renewed.
    now = Date.parse('2026-01-01T01:05:00Z')
    expect(await sent()).toEqual(['/people'])
    now = Date.parse('2026-01-01T03:29:59Z')
    expect(await sent()).toEqual(['/oauth/token', '/people'])
  },
)

proves('3/refreshAuthentication', 'its action has no id to be called by', async () => {
  const plan = await makePlan('https://api.example.com', method('{ type: none }', refreshing(form)))
  await expect(runAction(plan, 'renew', { transport })).rejects.toMatchObject({ code: 'action/unknown' })
  expect(plan.authentications[0]?.refresh?.schedule).toBe('0 * * * *')
})

const flow = (more = '') => makePlan('https://api.example.com', oauthMethod(provider.origin, more))

async function link(more: string, token: unknown, callback: Record<string, string> = {}) {
  answer = () => token
  const plan = await flow(more)
  const begun = await beginAuthorization(plan, { setup, redirectUri, transport })
  const callbackParams = { code: 'code-1234', state: begun.pending.state, ...callback }
  const done = completeAuthorization(plan, { pending: begun.pending, callbackParams, setup, transport })
  return { url: new URL(begun.url), pending: begun.pending, done: await done }
}
const token = { access_token: 'access-1234', token_type: 'Bearer' }

proves(
  '3/authorizationUrl',
  'its parameters are evaluated; code, state and address of return are the engine’s',
  async () => {
    const { url } = await link('', token)
    expect(url.origin + url.pathname).toBe(`${provider.origin}/auth`)
    expect(url.searchParams.get('prompt')).toBe('consent')
    expect(url.searchParams.get('redirect_uri')).toBe(redirectUri)
  },
)

proves('3/tokenUrl', 'takes the code, its parameters and its headers', async () => {
  await link('tokenParams: { audience: $.credentials.clientId }\ncustomHeaders: { X-App: mainspring }', token)
  const [seen] = provider.seen
  expect(Object.fromEntries(new URLSearchParams(seen?.body))).toMatchObject({
    grant_type: 'authorization_code',
    code: 'code-1234',
    redirect_uri: redirectUri,
    client_id: 'integrator',
    client_secret: clientSecret,
    audience: 'integrator',
  })
  expect(seen?.headers['x-app']).toBe('mainspring')
})

proves('3/tokenExpiresIn', 'counts where the answer does not say', async () => {
  const life = async (answerOf: object) => {
    const { done } = await link('tokenExpiresIn: 90', answerOf)
    return (Date.parse(done.expiresAt ?? '') - Date.parse(done.issuedAt)) / 1000
  }
  expect([await life(token), await life({ ...token, expires_in: 30 })]).toEqual([90, 30])
})

proves(
  '3/tokenRefreshExpiresIn',
  'counts where the answer does not say, and ends with the token it is of',
  async () => {
    const life = async (answerOf: object) => {
      const { done } = await link('tokenRefreshExpiresIn: 900', answerOf)
      return (Date.parse(done.refreshExpiresAt ?? '') - Date.parse(done.issuedAt)) / 1000
    }
    const both = { ...token, refresh_token: 'refresh-1234' }
    expect([await life(both), await life({ ...both, refresh_token_expires_in: 30 })]).toEqual([900, 30])
    expect(await life({ ...both, refresh_expires_in: 40 })).toBe(40)
    expect(await life(token)).toBeNaN()
  },
)

proves('3/scopes', 'are joined by the delimiter of the definition', async () => {
  const text = oauthMethod(provider.origin, 'scopes: [a.read, b.write]\nscopeDelimiter: ","').replace(
    / +scope: openid.*\n/,
    '',
  )
  const plan = await makePlan('https://api.example.com', text)
  const { url } = await beginAuthorization(plan, { setup, redirectUri, transport })
  expect(new URL(url).searchParams.get('scope')).toBe('a.read,b.write')
})

proves(
  '13/api-host',
  'the host is that of the address of return, unless the caller names another',
  async () => {
    const text = oauthMethod(provider.origin).replace('prompt: consent', 'host: ${apiHostUri}/x')
    const plan = await makePlan('https://api.example.com', text)
    const hostOf = async (more: object) => {
      const { url } = await beginAuthorization(plan, { setup, redirectUri, transport, ...more })
      return new URL(url).searchParams.get('host')
    }
    expect(await hostOf({})).toBe('https://hub.example.com/x')
    expect(await hostOf({ apiHostUri: 'https://api.other.example' })).toBe('https://api.other.example/x')
  },
)

proves('3/pkce', 'the challenge is the hash of the verifier that the exchange sends', async () => {
  const { url, pending } = await link('', token)
  const verifier = new URLSearchParams(provider.seen[0]?.body).get('code_verifier')
  expect(verifier).toBe(pending.codeVerifier)
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(String(verifier)))
  expect(url.searchParams.get('code_challenge')).toBe(Buffer.from(digest).toString('base64url'))
})

proves('3/redirectUri', 'replaces the caller’s address of return, in both calls', async () => {
  const own = 'https://own.example.com/back'
  const { url } = await link(`redirectUri: ${own}`, token)
  expect(url.searchParams.get('redirect_uri')).toBe(own)
  expect(new URLSearchParams(provider.seen[0]?.body).get('redirect_uri')).toBe(own)
})

proves('3/additionalTokenFields', 'are taken out of the answer', async () => {
  const { done } = await link('additionalTokenFields: { site: $.site.url, none: $.nothing }', {
    ...token,
    site: { url: 'u' },
  })
  expect(done.credentials).toEqual({ accessToken: 'access-1234', site: 'u' })
})

proves('3/callbackParams', 'become credentials, but for reserved names', async () => {
  const { done } = await link('callbackParams: { realmId: companyId }', token, { realmId: '42' })
  expect(done.credentials['companyId']).toBe('42')
  await expect(flow('callbackParams: { x: refreshToken }')).rejects.toThrow(/refreshToken/)
})

proves('3/tokenResponse', 'other types and places are taken', async () => {
  const rules =
    'tokenResponse: { acceptTokenTypes: [Custom], accessToken: $.inner.token, refreshToken: $.inner.again }'
  const { done } = await link(rules, {
    token_type: 'custom',
    inner: { token: 'access-5678', again: 'refresh-5678' },
  })
  expect(done.credentials).toEqual({ accessToken: 'access-5678', refreshToken: 'refresh-5678' })
})

proves('3/issuer', 'an answer that names another one is refused', async () => {
  await expect(
    link('issuer: https://login.example.com', token, { iss: 'https://evil.example' }),
  ).rejects.toMatchObject({
    code: 'auth/state-mismatch',
  })
})

proves('3/grantType', 'client_credentials needs no person', async () => {
  answer = () => ({ ...token, expires_in: 60 })
  const text = oauthMethod(provider.origin, 'scopes: [people.read]').replace(
    'authorization_code',
    'client_credentials',
  )
  const plan = await makePlan('https://api.example.com', text)
  const { credentials } = await refreshCredentials(plan, { credentials: {}, setup, transport })
  expect(credentials['accessToken']).toBe('access-1234')
  expect(Object.fromEntries(new URLSearchParams(provider.seen[0]?.body))).toMatchObject({
    grant_type: 'client_credentials',
    scope: 'people.read',
  })
})

proves(
  '3/client_credentials',
  'the refresh action fetches the first token from config fields alone',
  async () => {
    answer = ({ path, headers }) =>
      path === '/oauth/token'
        ? { access_token: 'access-first-1' }
        : { people: [{ token: headers.authorization }] }
    const plan = await makePlan(
      provider.origin,
      method('{ type: bearer, token: $.credentials.accessToken }', refreshing(form)),
    )
    let state = {
      version: 1,
      credentials: { login: provider.origin, clientId: 'c', clientSecret: 'secret-1234' } as Record<
        string,
        unknown
      >,
    }
    const source = {
      key: 'client-credentials-account',
      read: async () => state,
      update: async (next: { credentials: Readonly<Record<string, unknown>> }) => {
        state = { ...next, version: 2 }
        return state
      },
    }
    await runAction(plan, 'list_people', { credentials: source, transport })
    expect(provider.seen.map(({ path }) => path)).toEqual(['/oauth/token', '/people'])
    expect(provider.seen.at(-1)?.headers.authorization).toBe('Bearer access-first-1')
  },
)

proves('3/requiredScopes', 'an account that grants fewer is not linked', async () => {
  answer = () => ({ ...token, scope: 'a' })
  const plan = await makePlan(
    'https://api.example.com',
    oauthMethod(provider.origin, '', 'requiredScopes: [a, b]'),
  )
  const { pending } = await beginAuthorization(plan, { setup, redirectUri, transport })
  const callbackParams = { code: 'code-1234', state: pending.state }
  await expect(
    completeAuthorization(plan, { pending, callbackParams, setup, transport }),
  ).rejects.toMatchObject({
    code: 'auth/denied',
  })
})

proves('3/apiKey', 'goes in a header or the query, masked in explanations', async () => {
  const plan = await makePlan(
    provider.origin,
    method('{ type: apiKey, key: X-Key, value: $.credentials.k, in: header }'),
  )
  await runAction(plan, 'list_people', { credentials: { k: 'key-12345' }, transport })
  expect(provider.seen.at(-1)?.headers['x-key']).toBe('key-12345')
  expect(
    JSON.stringify(explainAction(plan, 'list_people', { credentials: { k: 'key-12345' } })),
  ).not.toContain('key-12345')
})
