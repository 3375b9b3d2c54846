import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { runAction } from '../../src/engine/index.ts'
import { type LeverSandbox, parseFault, startLeverSandbox } from '../../src/sandbox/index.ts'
import { compileFrom } from '../journeys/ways/ways.ts'

let sandbox: LeverSandbox
let now = new Date('2026-01-02T03:04:05Z')

beforeAll(async () => {
  sandbox = await startLeverSandbox({ port: 0, opportunities: 5, clock: () => now })
})
afterAll(() => sandbox.close())
beforeEach(() => {
  sandbox.reset()
  now = new Date('2026-01-02T03:04:05Z')
})

const get = async (path: string, token = sandbox.credentials['accessToken']) => {
  const response = await fetch(`${sandbox.origin}${path}`, { headers: { authorization: `Bearer ${token}` } })
  return { status: response.status, body: (await response.json()) as Record<string, unknown> }
}
const form = async (fields: Record<string, string>) => {
  const response = await fetch(`${sandbox.origin}/oauth/token`, {
    method: 'POST',
    body: new URLSearchParams({
      client_id: 'lever-sandbox-client',
      client_secret: 'lever-sandbox-client-secret',
      ...fields,
    }),
  })
  return { status: response.status, body: (await response.json()) as Record<string, string> }
}
const back = 'http://127.0.0.1:9/back'
const consent = async (extra: Record<string, string> = {}) => {
  const query = new URLSearchParams({
    response_type: 'code',
    client_id: 'lever-sandbox-client',
    redirect_uri: back,
    state: 's 1',
    scope: 'offline_access stages:read:admin',
    audience: 'https://api.lever.co/v1/',
    ...extra,
  })
  const response = await fetch(`${sandbox.origin}/authorize?${query}`, { redirect: 'manual' })
  return new URL(response.headers.get('location') ?? 'http://none').searchParams
}

describe('tokens', () => {
  test('a code is good once, for the address it was made for, and gives what was asked for', async () => {
    const answer = await consent()
    expect(answer.get('state')).toBe('s 1')
    const code = answer.get('code') ?? ''
    const exchange = { grant_type: 'authorization_code', code, redirect_uri: back }
    const { status, body } = await form(exchange)
    expect({ status, body }).toMatchObject({
      status: 200,
      body: { expires_in: 3600, scope: 'stages:read:admin' },
    })
    expect((await get('/v1/stages', body['access_token'])).status).toBe(200)
    expect(await get('/v1/postings', body['access_token'])).toMatchObject({
      status: 403,
      body: { code: 'Forbidden' },
    })
    expect(await form(exchange)).toMatchObject({ status: 403, body: { error: 'invalid_grant' } })
    const other = (await consent()).get('code') ?? ''
    expect((await form({ ...exchange, code: other, redirect_uri: `${back}2` })).status).toBe(403)
  })

  test('without the audience a token is worth nothing', async () => {
    const code = (await consent({ audience: 'https://other.example/' })).get('code') ?? ''
    const { body } = await form({ grant_type: 'authorization_code', code, redirect_uri: back })
    expect((await get('/v1/stages', body['access_token'])).status).toBe(401)
  })

  test('a refresh token rotates; a used one, a wrong secret and a wrong token are refused', async () => {
    const refresh = { grant_type: 'refresh_token', refresh_token: sandbox.credentials['refreshToken'] ?? '' }
    expect(await form({ ...refresh, client_secret: 'wrong' })).toMatchObject({ status: 401 })
    const { body } = await form(refresh)
    expect(body['refresh_token']).not.toBe(refresh.refresh_token)
    expect(await form(refresh)).toMatchObject({ status: 403, body: { error: 'invalid_grant' } })
    expect((await form({ ...refresh, refresh_token: body['refresh_token'] ?? '' })).status).toBe(200)
    expect((await get('/v1/stages', 'made-up')).body).toEqual({
      code: 'Unauthorized',
      message: 'Invalid token',
    })
  })

  test('an access token ends after an hour', async () => {
    expect((await get('/v1/stages')).status).toBe(200)
    now = new Date(now.getTime() + 3_600_000)
    expect((await get('/v1/stages')).body).toEqual({ code: 'Unauthorized', message: 'Token expired' })
  })
})

test('pages go by an opaque token; an invented one and a limit above 100 are refused', async () => {
  const first = await get('/v1/opportunities?limit=3')
  expect(first.body).toMatchObject({ hasNext: true, next: expect.any(String) })
  const second = await get(
    `/v1/opportunities?limit=3&offset=${encodeURIComponent(String(first.body['next']))}`,
  )
  expect(second.body['data']).toHaveLength(2)
  expect(second.body).toMatchObject({ hasNext: false })
  expect((await get('/v1/opportunities?offset=made-up')).body).toMatchObject({ code: 'BadRequest' })
  expect((await get('/v1/opportunities?limit=101')).status).toBe(400)
})

test('too many requests are waited out by the engine, and nothing secret is in the log', async () => {
  sandbox.setFaults([parseFault('rate-limit@/v1/stages:times=1,retryAfter=0')])
  const plan = await compileFrom('lever')
  const { origin, credentials } = sandbox
  const { data } = await runAction(plan, 'list_stages', { origin, credentials })
  expect(data).toHaveLength(6)
  expect(sandbox.requests.map(({ status }) => status)).toEqual([429, 200])
  await form({ grant_type: 'refresh_token', refresh_token: credentials['refreshToken'] ?? '' })
  const log = JSON.stringify(sandbox.requests)
  for (const secret of ['lever-access-0001', 'lever-refresh-0002', 'lever-sandbox-client-secret'])
    expect(log).not.toContain(secret)
})

const control = (name: string, body: object = {}) =>
  fetch(`${sandbox.origin}/__sandbox/${name}`, { method: 'POST', body: JSON.stringify(body) })
const post = async (path: string, body: string) => {
  const response = await fetch(`${sandbox.origin}${path}`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${sandbox.credentials['accessToken']}`,
      'content-type': 'application/json',
    },
    body,
  })
  return { status: response.status, body: (await response.json()) as Record<string, unknown> }
}

test('each token has its own twenty calls, and ten more each second; one too many is told the wait', async () => {
  for (let call = 0; call < 20; call += 1) expect((await get('/v1/stages')).status).toBe(200)
  const refused = await fetch(`${sandbox.origin}/v1/stages`, {
    headers: { authorization: `Bearer ${sandbox.credentials['accessToken']}` },
  })
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '1'])
  expect(await refused.json()).toMatchObject({ code: 'TooManyRequests' })
  const { body } = await form({
    grant_type: 'refresh_token',
    refresh_token: sandbox.credentials['refreshToken'] ?? '',
  })
  expect((await get('/v1/stages', body['access_token'])).status).toBe(200)
  now = new Date(now.getTime() + 200)
  const statuses = [await get('/v1/stages'), await get('/v1/stages'), await get('/v1/stages')]
  expect(statuses.map(({ status }) => status)).toEqual([200, 200, 429])
  await control('limits', { burst: 1, perSecond: 0.1 })
  expect([(await get('/v1/stages')).status, (await get('/v1/stages')).status]).toEqual([200, 429])
})

test('an unknown id, path, method and body that is no JSON are refused as Lever words it', async () => {
  expect(await get('/v1/opportunities/nobody')).toMatchObject({
    status: 404,
    body: { code: 'ResourceNotFound' },
  })
  expect((await get('/v1/opportunities/nobody/notes')).status).toBe(404)
  expect((await get('/v1/nothing')).status).toBe(404)
  expect((await post('/v1/stages', '{}')).status).toBe(404)
  const [{ id = '', owner = '' } = {}] = (await get('/v1/opportunities')).body['data'] as Record<
    string,
    string
  >[]
  for (const body of ['{"value":', '[]', '{"value":""}', '{"value":7}'])
    expect(await post(`/v1/opportunities/${id}/notes`, body)).toMatchObject({
      status: 400,
      body: { code: 'BadRequest' },
    })
  expect((await post(`/v1/opportunities/${id}/notes?perform_as=nobody`, '{"value":"x"}')).status).toBe(400)
  const wrong = [
    '{"name":',
    '{"emails":"a@example.com"}',
    '{"phones":["1"]}',
    '{"stage":"nowhere"}',
    '{"postings":["nowhere"]}',
    '{"name":7}',
  ]
  for (const body of wrong)
    expect(await post(`/v1/opportunities?perform_as=${owner}`, body)).toMatchObject({
      status: 400,
      body: { code: 'BadRequest' },
    })
  expect((await post('/v1/opportunities', '{"name":"x"}')).status).toBe(400)
  // Nothing of all that was kept.
  expect((await get('/v1/opportunities')).body['data']).toHaveLength(5)
})

test('a person is known again by an e-mail address', async () => {
  const [first] = (await get('/v1/opportunities')).body['data'] as Record<string, unknown>[]
  const add = async (email: unknown) =>
    (await post(`/v1/opportunities?perform_as=${first?.['owner']}`, JSON.stringify({ emails: [email] })))
      .body['data'] as Record<string, unknown>
  const [email] = (first?.['emails'] ?? []) as string[]
  expect(await add(email)).toMatchObject({ contact: first?.['contact'], id: expect.any(String) })
  expect((await add('new@example.com'))['contact']).not.toBe(first?.['contact'])
})

test('a write that a rule answers with a failure or a rate limit is not carried out', async () => {
  const [{ id = '', owner = '' } = {}] = (await get('/v1/opportunities')).body['data'] as Record<
    string,
    string
  >[]
  const path = `/v1/opportunities/${id}/notes`
  const before = ((await get(path)).body['data'] as unknown[]).length
  sandbox.setFaults([parseFault('status@POST:status=503,times=1'), parseFault('rate-limit@POST:times=1')])
  const statuses = []
  for (let call = 0; call < 3; call += 1)
    statuses.push((await post(`${path}?perform_as=${owner}`, '{"value":"x"}')).status)
  expect(statuses).toEqual([503, 429, 201])
  const page = await get(`${path}?limit=100`)
  const next = await get(`${path}?limit=100&offset=${encodeURIComponent(String(page.body['next']))}`)
  expect([before, (page.body['data'] as unknown[]).length, (next.body['data'] as unknown[]).length]).toEqual([
    100, 100, 31,
  ])
})

test('a call with inputs whose token has ended renews it, and its own inputs are not those of the renewal', async () => {
  let state = { credentials: { ...sandbox.setup, ...sandbox.credentials }, version: 0 }
  const credentials = {
    key: 'one',
    read: async () => state,
    async update(next: { credentials: object }) {
      state = { ...state, ...next, version: state.version + 1 } as typeof state
      return state
    },
  }
  await control('tokens/expire')
  const inputs = { page_size: 2 }
  const plan = await compileFrom('lever')
  const { data } = await runAction(plan, 'list_stages', { origin: sandbox.origin, credentials, inputs })
  expect(data).toHaveLength(2)
  expect(state.credentials['refreshToken']).not.toBe(sandbox.credentials['refreshToken'])
})
