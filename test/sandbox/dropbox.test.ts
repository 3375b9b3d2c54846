import { createHash } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { createFlow, runAction } from '../../src/engine/index.ts'
import { type DropboxSandbox, parseFault, startDropboxSandbox } from '../../src/sandbox/index.ts'
import { compileFrom } from '../journeys/ways/ways.ts'

let sandbox: DropboxSandbox

beforeAll(async () => {
  sandbox = await startDropboxSandbox({ port: 0, files: 3 })
})
afterAll(() => sandbox.close())
beforeEach(() => sandbox.reset())

const rpc = async (path: string, args: unknown, token = sandbox.credentials['accessToken']) => {
  const response = await fetch(`${sandbox.origin}/2${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify(args),
  })
  const text = await response.text()
  return { status: response.status, body: text.startsWith('{') ? JSON.parse(text) : text }
}
const token = async (fields: Record<string, string>) => {
  const response = await fetch(`${sandbox.origin}/oauth2/token`, {
    method: 'POST',
    body: new URLSearchParams({ client_id: 'dropbox-sandbox-client', ...fields }),
  })
  return { status: response.status, body: (await response.json()) as Record<string, string> }
}

test('a code made with a challenge asks for its verifier; offline access gives a refresh token that stays good', async () => {
  const verifier = 'v'.repeat(43)
  const consent = async () => {
    const query = new URLSearchParams({
      response_type: 'code',
      client_id: 'dropbox-sandbox-client',
      redirect_uri: 'http://127.0.0.1:9/back',
      token_access_type: 'offline',
      code_challenge: createHash('sha256').update(verifier).digest('base64url'),
      code_challenge_method: 'S256',
    })
    const response = await fetch(`${sandbox.origin}/oauth2/authorize?${query}`, { redirect: 'manual' })
    const location = new URL(response.headers.get('location') ?? '')
    return {
      grant_type: 'authorization_code',
      redirect_uri: 'http://127.0.0.1:9/back',
      code: location.searchParams.get('code') ?? '',
    }
  }
  expect((await token({ ...(await consent()), code_verifier: 'x'.repeat(43) })).body['error']).toBe(
    'invalid_grant',
  )
  expect((await token(await consent())).status).toBe(401)
  const { body } = await token({ ...(await consent()), code_verifier: verifier })
  const refresh = {
    grant_type: 'refresh_token',
    refresh_token: body['refresh_token'] ?? '',
    client_secret: 'dropbox-sandbox-client-secret',
  }
  for (const _ of [1, 2]) {
    const renewed = await token(refresh)
    expect(renewed.body['refresh_token']).toBeUndefined()
    expect(
      (await rpc('/files/get_metadata', { path: '/Reports' }, renewed.body['access_token'])).status,
    ).toBe(200)
  }
})

test('errors come in the envelopes of Dropbox: a tag at 409, plain text at 400', async () => {
  expect(await rpc('/files/get_metadata', { path: '/none' })).toEqual({
    status: 409,
    body: { error_summary: 'path/not_found/..', error: { '.tag': 'path', path: { '.tag': 'not_found' } } },
  })
  expect(await rpc('/files/get_metadata', {})).toMatchObject({
    status: 400,
    body: expect.stringContaining('path'),
  })
  expect(await rpc('/files/get_metadata', { path: '/x' }, 'made-up')).toMatchObject({
    status: 401,
    body: { error: { '.tag': 'invalid_access_token' } },
  })
  expect((await rpc('/files/list_folder/continue', { cursor: 'made-up' })).body).toMatchObject({
    error: { '.tag': 'reset' },
  })
})

test('a renewed token is used by a run that began with one that had ended', async () => {
  await fetch(`${sandbox.origin}/__sandbox/tokens/expire`, { method: 'POST' })
  const plan = await compileFrom('dropbox')
  let state = { credentials: { ...sandbox.setup, ...sandbox.credentials }, version: 0 }
  const source = {
    key: 'one',
    read: async () => state,
    async update(next: { credentials: object }) {
      state = { ...state, ...next, version: state.version + 1 } as typeof state
      return state
    },
  }
  const { data } = await runAction(plan, 'get_current_account', {
    origin: sandbox.origin,
    credentials: source,
  })
  expect(data).toMatchObject({ email: 'ines@example.com' })
  // Dropbox gives no new refresh token: the old one is kept.
  expect(state.credentials).toMatchObject({ refreshToken: sandbox.credentials['refreshToken'] })
  expect(state.credentials['accessToken']).not.toBe(sandbox.credentials['accessToken'])
})

test('each token has so many calls, which come back with time; one too many is told the wait', async () => {
  await fetch(`${sandbox.origin}/__sandbox/limits`, {
    method: 'POST',
    body: JSON.stringify({ burst: 2, perSecond: 0.01 }),
  })
  const statuses = []
  for (let call = 0; call < 3; call += 1)
    statuses.push((await rpc('/files/get_metadata', { path: '/Reports' })).status)
  expect(statuses).toEqual([200, 200, 429])
  const plan = await compileFrom('dropbox')
  const { origin, credentials } = sandbox
  await expect(runAction(plan, 'get_current_account', { origin, credentials })).rejects.toMatchObject({
    code: 'provider/rate-limited',
    retryAfterMs: expect.any(Number),
  })
  // It was sent once, and another token has its own calls.
  expect(sandbox.requests.map(({ status }) => status)).toEqual([200, 200, 429, 429])
  const { body } = await token({
    grant_type: 'refresh_token',
    refresh_token: credentials['refreshToken'] ?? '',
    client_secret: 'dropbox-sandbox-client-secret',
  })
  expect((await rpc('/files/get_metadata', { path: '/Reports' }, body['access_token'])).status).toBe(200)
})

test('a page holds as many as asked for, and the last one says so and has a cursor too', async () => {
  const first = (await rpc('/files/list_folder', { path: '/Reports', limit: 2 })).body
  expect([first.entries.length, first.has_more]).toEqual([2, true])
  const last = (await rpc('/files/list_folder/continue', { cursor: first.cursor })).body
  expect([last.entries.length, last.has_more, typeof last.cursor]).toEqual([1, false, 'string'])
  const names = [...first.entries, ...last.entries].map(({ name }: { name: string }) => name)
  expect(new Set(names).size).toBe(3)
  expect((await rpc('/files/list_folder', { path: '/none' })).status).toBe(409)
  expect((await rpc('/files/list_folder', { path: '/Reports/report-0001.txt' })).status).toBe(409)
  expect((await rpc('/files/list_folder', { path: '/Reports', limit: 0 })).status).toBe(400)
})

test('arguments that are no JSON, not ASCII or of another type are refused with plain text', async () => {
  const { accessToken } = sandbox.credentials
  const raw = (path: string, init: RequestInit) =>
    fetch(`${sandbox.origin}/2${path}`, {
      method: 'POST',
      ...init,
      headers: { authorization: `Bearer ${accessToken}`, ...init.headers },
    })
  const attempts = [
    raw('/files/get_metadata', { body: '{"path":', headers: { 'content-type': 'application/json' } }),
    raw('/files/download', { headers: { 'dropbox-api-arg': '{no' } }),
    raw('/files/download', { headers: { 'dropbox-api-arg': '{"path":"/Gr\u00fc\u00dfe"}' } }),
    raw('/files/upload', {
      body: 'x',
      headers: { 'content-type': 'text/plain', 'dropbox-api-arg': '{"path":"/x"}' },
    }),
  ]
  for (const attempt of attempts) {
    const response = await attempt
    expect([response.status, response.headers.get('content-type')]).toEqual([
      400,
      'text/plain; charset=utf-8',
    ])
  }
  expect((await raw('/files/nothing', {})).status).toBe(404)
  expect((await fetch(`${sandbox.origin}/2/files/upload`)).status).toBe(405)
})

const mebibyte = 1024 * 1024

/** A file that is made while it is read, with Dropbox's hash of it; `at` is told each MiB. */
function largeFile(mebibytes: number, at: (mebibyte: number) => unknown = () => undefined) {
  const block = Buffer.from(Array.from({ length: mebibyte }, (_, index) => (index * 31) % 256))
  const all = createHash('sha256')
  for (let first = 0; first < mebibytes; first += 4) {
    const part = createHash('sha256')
    for (let index = first; index < Math.min(mebibytes, first + 4); index += 1) part.update(block)
    all.update(part.digest())
  }
  return {
    hash: all.digest('hex'),
    file: {
      bytes: mebibytes * mebibyte,
      async *open() {
        for (let index = 0; index < mebibytes; index += 1) {
          await at(index)
          yield block
        }
      },
    },
  }
}

describe('a large file', () => {
  const upload = async (
    { file }: ReturnType<typeof largeFile>,
    more: Readonly<Record<string, unknown>> = {},
  ) =>
    runAction(await compileFrom('dropbox'), 'upload_large_file', {
      origin: sandbox.origin,
      credentials: sandbox.credentials,
      flow: createFlow(),
      inputs: { path: '/film.mp4' },
      files: { content: file },
      timeoutMs: 60_000,
      ...more,
    })
  const sessionCalls = () =>
    sandbox.requests.map(({ path, status }) => [path.replace('/2/files/upload_session/', ''), status])

  test('of more than one request may carry comes whole, in pieces of 8 MiB', async () => {
    const large = largeFile(151)
    const { data } = await upload(large)
    expect(data).toMatchObject({
      path_display: '/film.mp4',
      size: 151 * mebibyte,
      content_hash: large.hash,
    })
    expect(sessionCalls()).toEqual([
      ['start', 200],
      ...Array.from({ length: 19 }, () => ['append_v2', 200]),
      ['finish', 200],
    ])
    const sizes = sandbox.requests.map(({ body }) => Number(/\d+/.exec(String(body ?? '0'))?.[0]))
    expect(Math.max(...sizes)).toBe(8 * mebibyte)
  }, 60_000)

  test('that is refused in the middle is not there, and the error says what was taken', async () => {
    sandbox.setFaults([
      parseFault(
        'status@/2/files/upload_session/append_v2:status=409,after=1,body={"error_summary":"closed/..."}',
      ),
    ])
    await expect(upload(largeFile(20))).rejects.toMatchObject({
      code: 'provider/refused',
      step: 'append_pieces',
      providerMessage: 'closed/...',
      bytesSent: 8 * mebibyte,
    })
    expect(sessionCalls()).toEqual([
      ['start', 200],
      ['append_v2', 200],
      ['append_v2', 409],
    ])
    expect((await rpc('/files/get_metadata', { path: '/film.mp4' })).status).toBe(409)
  })

  test('goes on where the connection broke before a piece was taken, and where it was taken is not doubled', async () => {
    sandbox.setFaults([parseFault('drop-before@/2/files/upload_session/append_v2:after=1,times=1')])
    const large = largeFile(17)
    expect((await upload(large)).data).toMatchObject({ content_hash: large.hash })
    sandbox.reset()
    sandbox.setFaults([parseFault('drop-after@/2/files/upload_session/append_v2:after=1,times=1')])
    await expect(upload(large)).rejects.toMatchObject({
      code: 'write/outcome-unknown',
      bytesSent: 8 * mebibyte,
    })
  })

  test('outlives its access token: the piece that was refused is sent again with a new one', async () => {
    let state = { credentials: { ...sandbox.setup, ...sandbox.credentials }, version: 0 }
    const credentials = {
      key: 'one',
      read: async () => state,
      async update(next: { credentials: object }) {
        state = { ...state, ...next, version: state.version + 1 } as typeof state
        return state
      },
    }
    const large = largeFile(17, (index) =>
      index === 10 ? fetch(`${sandbox.origin}/__sandbox/tokens/expire`, { method: 'POST' }) : undefined,
    )
    expect((await upload(large, { credentials })).data).toMatchObject({ content_hash: large.hash })
    expect(sessionCalls().filter(([call]) => call === 'append_v2')).toEqual([
      ['append_v2', 200],
      ['append_v2', 401],
      ['append_v2', 200],
      ['append_v2', 200],
    ])
    expect(state.credentials['accessToken']).not.toBe(sandbox.credentials['accessToken'])
  })
})

test('a session takes bytes at its end alone, while it is open, and is worth nothing once it is a file', async () => {
  const call = async (name: string, args: object, body = 'abc') => {
    const response = await fetch(`${sandbox.origin}/2/files/upload_session/${name}`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${sandbox.credentials['accessToken']}`,
        'content-type': 'application/octet-stream',
        'dropbox-api-arg': JSON.stringify(args),
      },
      body,
    })
    const text = await response.text()
    return { status: response.status, body: /^[{n]/.test(text) ? JSON.parse(text) : text }
  }
  const session_id = (await call('start', {})).body.session_id
  const cursor = (offset: number) => ({ cursor: { session_id, offset } })
  expect((await call('append_v2', cursor(3))).status).toBe(200)
  expect(await call('append_v2', cursor(3))).toMatchObject({
    status: 409,
    body: { error: { '.tag': 'incorrect_offset', correct_offset: 6 } },
  })
  expect((await call('append_v2', { cursor: { session_id: 'none', offset: 0 } })).body).toMatchObject({
    error: { '.tag': 'not_found' },
  })
  expect((await call('append_v2', {})).status).toBe(400)
  expect((await call('append_v2', { ...cursor(6), close: true })).status).toBe(200)
  expect((await call('append_v2', cursor(9))).body).toMatchObject({ error: { '.tag': 'closed' } })
  const commit = { path: '/x.txt' }
  expect((await call('finish', { ...cursor(1), commit })).body).toMatchObject({
    error: { '.tag': 'lookup_failed', lookup_failed: { '.tag': 'incorrect_offset' } },
  })
  expect((await call('finish', { ...cursor(9), commit }, 'd')).body).toMatchObject({ size: 10 })
  expect((await call('finish', { ...cursor(9), commit }, 'd')).status).toBe(409)
})
