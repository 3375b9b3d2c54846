import { inspect } from 'node:util'
import { afterEach, beforeAll, describe, expect, test } from '@jest/globals'
import {
  type ConnectorPlan,
  compileConnector,
  explainAction,
  iterateAction,
  loadConnector,
  MainspringError,
  type RunEvent,
  type RunOptions,
  runAction,
} from '../../src/index.ts'
import { proves } from '../contract/proves.ts'
import { type FakeProvider, json, type SeenRequest, startProvider } from './fake-provider.ts'

const credentials = {
  firmName: 'acme',
  apiKey: 'canary-key-4711',
  apiSecret: 'canary-secret-0815',
  firmServiceKey: 'canary-service-1234',
}
const token = Buffer.from(`${credentials.apiKey}:${credentials.apiSecret}`).toString('base64')

let plan: ConnectorPlan
let provider: FakeProvider | undefined

beforeAll(async () => {
  const { model } = await loadConnector(new URL('../../connectors/clockwork', import.meta.url).pathname)
  if (model === null) throw new Error('the connector does not load')
  plan = compileConnector(model)
})

afterEach(async () => {
  await provider?.close()
  provider = undefined
})

type Answer = Parameters<typeof startProvider>[0]

async function run(answer: Answer, action: string, options: RunOptions = {}) {
  provider = await startProvider(answer)
  return runAction(plan, action, { credentials, origin: provider.origin, ...options })
}

/** The error of a call that must fail. */
async function fail(answer: Answer, action: string, options: RunOptions = {}): Promise<MainspringError> {
  const error: unknown = await run(answer, action, options).then(
    () => new Error('the call succeeded'),
    (reason: unknown) => reason,
  )
  if (error instanceof MainspringError) return error
  throw error
}

const people = (first: number, count: number) =>
  Array.from({ length: count }, (_, index) => ({ id: `p${first + index}`, name: `Person ${first + index}` }))

/** People in pages; `total` adds `meta`. */
function listing(size: number, total?: number): Answer {
  return ({ query }, response) => {
    const offset = Number(query['offset'] ?? 0)
    const limit = Number(query['limit'] ?? 3)
    json(response, {
      people: people(offset, Math.max(0, Math.min(limit, size - offset))),
      ...(total === undefined ? {} : { meta: { total } }),
    })
  }
}

describe('a request', () => {
  test('carries both credentials, goes below the firm, and holds nothing else', async () => {
    const { data, meta } = await run(listing(2), 'clockwork_list_people', { inputs: { page_size: 2 } })
    expect(data).toEqual(people(0, 2))
    expect(meta).toMatchObject({ action: 'clockwork_list_people', requests: 1, status: 200 })
    const [seen] = provider?.seen ?? []
    expect(seen).toMatchObject({
      method: 'GET',
      path: '/v3.0/acme/people',
      query: { limit: '2', offset: '0' },
      body: '',
    })
    expect(seen?.headers).toMatchObject({
      authorization: `Token ${token}`,
      'x-api-key': credentials.firmServiceKey,
      accept: 'application/json',
    })
  })

  test.each([
    [' ACME ', 'acme'],
    ['https://acme.clockworkrecruiting.com', 'acme'],
    ['https://Acme.clockworkrecruiting.com/people?tab=1#top', 'acme'],
  ])('understands the firm name %j', async (firmName, label) => {
    await run(listing(0), 'list_tags', { credentials: { ...credentials, firmName } }).catch(() => undefined)
    expect(provider?.seen[0]?.path).toBe(`/v3.0/${label}/tags`)
  })

  test.each([
    '',
    '..',
    'a.b',
    'x/../y',
    'a@b',
    'a%2fb',
    'аcme',
    '\u212Acme',
    'a b',
    '-acme',
    'a'.repeat(64),
    'https://acme.clockworkrecruiting.com.evil.test',
    'https://acme.clockworkrecruiting.com@evil.test',
    'https://evil.test/acme.clockworkrecruiting.com',
    'https://a.b.clockworkrecruiting.com',
  ])('is never made for the firm name %j', async (firmName) => {
    const error = await fail(listing(0), 'list_tags', { credentials: { ...credentials, firmName } })
    expect(error.code).toMatch(/^auth\/(?:invalid|missing)-credential$/)
    expect(provider?.seen).toEqual([])
  })

  test.each(['key\n', 'ke\u0000y', 'kéy\u2603'])(
    'is never made with the service key %j',
    async (firmServiceKey) => {
      const error = await fail(listing(0), 'list_tags', { credentials: { ...credentials, firmServiceKey } })
      expect(error.code).toBe('auth/invalid-credential')
      expect(inspect(error)).not.toContain(firmServiceKey)
      expect(provider?.seen).toEqual([])
    },
  )

  test('names every missing credential at once', async () => {
    const error = await fail(listing(0), 'list_tags', { credentials: { firmName: 'acme' } })
    expect(error.code).toBe('auth/missing-credential')
    for (const key of ['apiKey', 'apiSecret', 'firmServiceKey']) expect(error.message).toContain(key)
  })

  test('leaves out what is left out, and sends null, false, 0 and empty text', async () => {
    await run((_, response) => json(response, { person: { id: 'p1' } }, 201), 'create_person', {
      inputs: { name: 'Ines', biography: '', nick_name: null, do_not_contact: false },
    })
    expect(JSON.parse(provider?.seen[0]?.body ?? '')).toEqual({
      person: { name: 'Ines', biography: '', nickName: null, doNotContact: false },
    })
  })

  test('names every wrong input at once, and is not sent', async () => {
    const error = await fail(listing(0), 'list_people', { inputs: { page_size: '10', nonsense: 1 } })
    expect(error.toJSON()).toMatchObject({
      code: 'input/invalid',
      problems: [
        { name: 'nonsense', code: 'input/unknown' },
        { name: 'page_size', code: 'input/invalid' },
      ],
    })
    expect(provider?.seen).toEqual([])
  })

  test.each(['', '.', '..'])('is not made for the path value %j', async (person_id) => {
    expect((await fail(listing(0), 'list_person_notes', { inputs: { person_id } })).code).toBe(
      'input/invalid',
    )
    expect(provider?.seen).toEqual([])
  })

  test('goes to loopback only, unless the caller names the origin', async () => {
    for (const origin of [
      'https://evil.test',
      'http://127.0.0.1.evil.test',
      'http://127.0.0.1@evil.test',
      'http://10.0.0.1',
      'ftp://127.0.0.1',
    ])
      await expect(runAction(plan, 'list_people', { credentials, origin })).rejects.toMatchObject({
        code: 'policy/origin-not-allowed',
      })
  })
})

describe('a listing', () => {
  test('gives all rows over all pages, short pages included', async () => {
    provider = await startProvider(listing(10))
    const rows = await Array.fromAsync(
      iterateAction(plan, 'list_people', { credentials, origin: provider.origin, inputs: { page_size: 4 } }),
    )
    expect(rows).toEqual(people(0, 10))
    expect(provider.seen.map(({ query }) => query['offset'])).toEqual(['0', '4', '8', '10'])
  })

  test('is carried on by next, and ends without one at the declared total', async () => {
    const first = await run(listing(5, 5), 'list_people', { inputs: { page_size: 3 } })
    const second = await runAction(plan, 'list_people', {
      credentials,
      origin: provider?.origin ?? '',
      inputs: { page_size: 3, cursor: first.next },
    })
    expect([first.data, second.data].flat()).toEqual(people(0, 5))
    expect(second.next).toBeUndefined()
  })

  test.each([
    ['an invented cursor', { cursor: 'abc' }],
    [
      'a cursor that looks like one',
      { cursor: `${Buffer.from('{"list_people":{"position":100}}').toString('base64url')}.AAAAAAAAAAAAAAAA` },
    ],
  ])('refuses %s', async (_, inputs) => {
    expect((await fail(listing(5), 'list_people', { inputs })).code).toBe('input/cursor')
    expect(provider?.seen).toEqual([])
  })

  test('refuses the cursor of another action and of another firm', async () => {
    const { next } = await run(listing(5), 'list_people', { inputs: { page_size: 3 } })
    const origin = provider?.origin ?? ''
    await expect(
      runAction(plan, 'list_tags', { credentials, origin, inputs: { cursor: next } }),
    ).rejects.toMatchObject({ code: 'input/cursor' })
    await expect(
      runAction(plan, 'list_people', {
        credentials: { ...credentials, firmName: 'other' },
        origin,
        inputs: { cursor: next },
      }),
    ).rejects.toMatchObject({ code: 'input/cursor' })
  })

  test('notices an ignored offset across single runs', async () => {
    const first = await run((_, response) => json(response, { people: people(0, 3) }), 'list_people', {
      inputs: { page_size: 3 },
    })
    await expect(
      runAction(plan, 'list_people', {
        credentials,
        origin: provider?.origin ?? '',
        inputs: { page_size: 3, cursor: first.next },
      }),
    ).rejects.toMatchObject({
      code: 'paging/repeated-page',
      rowsDelivered: 3,
      retryable: false,
    })
  })

  test('says how many rows were delivered when a later page fails', async () => {
    provider = await startProvider((request, response) =>
      Number(request.query['offset']) < 4
        ? listing(100)(request, response)
        : json(response, { message: 'no' }, 403),
    )
    const rows: unknown[] = []
    const reading = (async () => {
      for await (const row of iterateAction(plan, 'list_people', {
        credentials,
        origin: provider?.origin ?? '',
        inputs: { page_size: 2 },
      }))
        rows.push(row)
    })()
    await expect(reading).rejects.toMatchObject({ code: 'auth/forbidden', rowsDelivered: 4 })
    expect(rows).toHaveLength(4)
  })

  test('takes null for an empty list, and an unknown envelope for an error', async () => {
    expect((await run((_, response) => json(response, { people: null }), 'list_people')).data).toEqual([])
    await provider?.close()
    expect((await fail((_, response) => json(response, { persons: [] }), 'list_people')).code).toBe(
      'response/unexpected-shape',
    )
  })
})

describe('a failure', () => {
  test.each([
    [401, 'auth/rejected', false],
    [403, 'auth/forbidden', false],
    [404, 'provider/not-found', false],
    [422, 'provider/refused', false],
  ])('of status %i is %s', async (status, code, retryable) => {
    const error = await fail(
      (_, response) => json(response, { message: 'Because.' }, status, { 'x-request-id': 'r-1' }),
      'get_note',
      { inputs: { note_id: 'n1' } },
    )
    expect(error.toJSON()).toMatchObject({
      code,
      retryable,
      status,
      providerMessage: 'Because.',
      requestId: 'r-1',
      action: 'clockwork_get_note',
      step: 'get_note',
    })
    expect(provider?.seen).toHaveLength(1)
  })

  test('that asks for a longer wait than is waited for names the wait', async () => {
    const error = await fail(
      (_, response) => json(response, { message: 'Too Many Requests' }, 429, { 'retry-after': '120' }),
      'list_people',
    )
    expect(error).toMatchObject({ code: 'provider/rate-limited', retryAfterMs: 120_000, retryable: true })
    expect(provider?.seen).toHaveLength(1)
  })

  test.each<[string, Answer]>([
    ['lost', (_, response) => void response.destroy()],
    [
      'cut',
      (_, response) =>
        void response
          .writeHead(201, { 'content-length': '100' })
          .write('{"person":', () => response.destroy()),
    ],
    [
      'unreadable',
      (_, response) => void response.writeHead(201, { 'content-type': 'application/json' }).end('{"person":'),
    ],
    ['of an unknown shape', (_, response) => json(response, { ok: true })],
    ['a gateway’s', (_, response) => json(response, { message: 'Bad Gateway' }, 502)],
    ['a redirect', (_, response) => void response.writeHead(302, { location: '/elsewhere' }).end()],
    ['a redirect to nowhere', (_, response) => void response.writeHead(302).end()],
  ])('of a write whose answer is %s is an unknown outcome, sent once', async (_, answer) => {
    const error = await fail(answer, 'create_person', { inputs: { name: 'Ines' } })
    expect(error).toMatchObject({ code: 'write/outcome-unknown', retryable: false })
    expect(provider?.seen).toHaveLength(1)
  })

  test('of time or will after sending a write is an unknown outcome too', async () => {
    const hang: Answer = () => undefined
    expect((await fail(hang, 'create_person', { inputs: { name: 'Ines' }, timeoutMs: 150 })).code).toBe(
      'write/outcome-unknown',
    )
    await provider?.close()
    expect(
      (await fail(hang, 'delete_webhook', { inputs: { webhook_id: 'w' }, signal: AbortSignal.timeout(100) }))
        .code,
    ).toBe('write/outcome-unknown')
  })

  test.each<[string, Partial<RunOptions>]>([
    ['timeoutMs', { timeoutMs: Number.NaN }],
    ['timeoutMs', { timeoutMs: '1000' as unknown as number }],
    ['limits.maxBytes', { limits: { maxBytes: -1 } }],
    ['limits.maxAttempts', { limits: { maxAttempts: 0 } }],
    ['limits.maxRetryAfterMs', { limits: { maxRetryAfterMs: Number.NaN } }],
  ])('of the option %s is told before anything is sent (%j)', async (name, options) => {
    const error = await fail(listing(3), 'list_people', options)
    expect(error.toJSON()).toMatchObject({ code: 'input/invalid', problems: [{ name }] })
    expect(provider?.seen).toEqual([])
  })

  test('of a page size that no URL can carry as a number is told', async () => {
    expect((await fail(listing(3), 'list_people', { inputs: { page_size: 1e300 } })).code).toBe(
      'input/invalid',
    )
  })

  test('of a read in time is a timeout', async () => {
    expect(await fail(() => undefined, 'list_people', { timeoutMs: 150 })).toMatchObject({
      code: 'network/timeout',
      retryable: true,
    })
  })
})

describe('the passthrough', () => {
  proves(
    'x/passthrough',
    'a free request reads by default and writes only where the call allows it',
    async () => {
      const error = await fail(listing(0), 'request', {
        inputs: { method: 'POST', path: 'people', body: { person: {} } },
      })
      expect(error.code).toBe('policy/write-not-allowed')
      expect(provider?.seen).toEqual([])
      await provider?.close()
      await run((_, response) => json(response, { ok: true }), 'request', {
        inputs: { method: 'POST', path: '/people', query: { a: [1, 2] }, body: { x: null } },
        allowWrites: true,
      })
      expect(provider?.seen[0]).toMatchObject({
        method: 'POST',
        path: '/v3.0/acme/people',
        body: '{"x":null}',
      })
    },
  )

  test.each([
    '../other/people',
    '/a/%2e%2e/b',
    'a%2f..%2f..%2fb',
    'https://evil.test/x',
    '//evil.test/x',
    'a\\..\\b',
    'people?x=1',
    'a#b',
  ])('refuses the path %j', async (path) => {
    expect((await fail(listing(0), 'request', { inputs: { path } })).code).toBe('input/invalid')
    expect(provider?.seen).toEqual([])
  })
})

test('a preview action runs only where the call allows it', async () => {
  expect((await fail(listing(0), 'get_person', { inputs: { person_id: 'p' } })).code).toBe(
    'policy/preview-not-allowed',
  )
  await provider?.close()
  expect(
    (
      await run((_, response) => json(response, { person: { id: 'p' } }), 'get_person', {
        inputs: { person_id: 'p' },
        allowPreview: true,
      })
    ).data,
  ).toEqual({ id: 'p' })
})

test('an unknown action is named, with the nearest one', async () => {
  await expect(runAction(plan, 'clockwork_list_peopel', { credentials })).rejects.toMatchObject({
    code: 'action/unknown',
    hint: expect.stringContaining('clockwork_list_people'),
  })
})

test('explain shows the request that a run sends, masked, and refuses the same inputs', async () => {
  const inputs = { name: 'Ines', tag_ids: ['t1'] }
  const [explained] = explainAction(plan, 'create_person', { inputs, credentials }).requests
  await run((_, response) => json(response, { id: 'p' }), 'create_person', { inputs })
  const seen: SeenRequest | undefined = provider?.seen[0]
  expect(explained?.url).toBe('https://api.clockworkrecruiting.com/v3.0/acme/people')
  expect(explained?.body).toEqual(JSON.parse(seen?.body ?? ''))
  expect(explained?.headers).toMatchObject({
    authorization: 'Token ***',
    'x-api-key': '***',
    'content-type': seen?.headers['content-type'],
  })
  expect(() => explainAction(plan, 'create_person', { inputs: { nonsense: 1 } })).toThrow(
    expect.objectContaining({ code: expect.stringMatching(/^input\//) }),
  )
})

test('no secret leaves in results, errors, explanations or events, even where the provider sends it back', async () => {
  const events: RunEvent[] = []
  const echo: Answer = ({ headers }, response) =>
    json(
      response,
      { message: JSON.stringify(headers), people: [{ id: 'p', echo: headers }] },
      events.length > 4 ? 400 : 200,
    )
  const options: RunOptions = { observer: (event) => void events.push(event) }
  const result = await run(echo, 'list_people', options)
  await provider?.close()
  const error = await fail(echo, 'list_people', options)
  const explained = explainAction(plan, 'list_people', { credentials })
  const emitted = [result, explained, events, error, error.toJSON(), error.stack]
    .map((each) => `${inspect(each, { depth: null, showHidden: true })} ${JSON.stringify(each)}`)
    .join('\n')
  for (const secret of [credentials.apiKey, credentials.apiSecret, credentials.firmServiceKey, token])
    expect(emitted).not.toContain(secret)
})

test('one plan serves many runs at once', async () => {
  provider = await startProvider(listing(1000))
  const { origin } = provider
  const pages = await Promise.all(
    Array.from({ length: 20 }, (_, index) =>
      runAction(plan, 'list_people', { credentials, origin, inputs: { page_size: index + 1 } }),
    ),
  )
  expect(pages.map(({ data }) => (data as unknown[]).length)).toEqual(
    Array.from({ length: 20 }, (_, index) => index + 1),
  )
  expect(Object.isFrozen(plan)).toBe(true)
})
