import { getEventListeners } from 'node:events'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import type { PreparedRequest } from '../../src/http/index.ts'
import {
  createTransport,
  type Exchange,
  ExchangeFailure,
  type FailureReason,
  type HttpClient,
  type SendOptions,
  type Transport,
  type TransportEvent,
} from '../../src/transport/index.ts'
import { FakeClock } from './fake-clock.ts'
import { read, thrownBy, write } from './requests.ts'
import { closedOrigin, startHttpServer, startRawServer } from './servers.ts'

const url = 'http://provider.example/things/7'
const unknown = 'write/outcome-unknown'

/** Gives the scripted answers one after another, and the last one for ever. */
class ScriptedClient implements HttpClient {
  readonly requests: PreparedRequest[] = []
  readonly #script: readonly Scripted[]

  constructor(...script: Scripted[]) {
    this.#script = script
  }

  async exchange(request: PreparedRequest): Promise<Exchange> {
    this.requests.push(request)
    const next = this.#script[Math.min(this.requests.length, this.#script.length) - 1]
    if (next instanceof Error) throw next
    return { status: 200, headers: {}, body: Buffer.from('{}'), ...next }
  }

  close(): void {}
}

type Scripted = Partial<Exchange> | Error

const failed = (reason: FailureReason, sent: boolean) => new ExchangeFailure(reason, sent, `it was ${reason}`)
const lost = failed('interrupted', true)
const refused = failed('unreachable', false)

/** Sends over a scripted client, with waits that pass at once. */
async function sendScripted(
  request: PreparedRequest,
  script: Scripted[],
  options: Partial<SendOptions> = {},
) {
  const clock = new FakeClock()
  const client = new ScriptedClient(...script)
  const events: TransportEvent[] = []
  const transport = createTransport({ client, clock, random: () => 0.5 })
  const sending = transport
    .send(request, { timeoutMs: 30_000, observe: (event) => events.push(event), ...options })
    .then(
      (response) => ({ response, error: undefined }),
      (error) => ({ response: undefined, error }),
    )
  let settled = false
  sending.finally(() => {
    settled = true
  })
  const waits: number[] = []
  for (let timers = 1; !settled; ) {
    await new Promise(setImmediate)
    if (clock.delays.length <= timers) continue
    const wait = clock.delays[timers++] ?? 0
    waits.push(wait)
    clock.advance(wait)
  }
  expect(clock.pendingTimers).toBe(0)
  return { ...(await sending), waits, events, requests: client.requests }
}

describe('repeating', () => {
  test.each([408, 429, 500, 502, 503, 504])('a read answered %i is sent again', async (status) => {
    const { response, waits } = await sendScripted(read(url), [{ status }, { status }, {}])
    expect(response).toMatchObject({ status: 200, attempts: 3 })
    expect(waits).toEqual([125, 250])
  })

  test.each([200, 204, 304, 400, 401, 403, 404, 409, 422, 501, 505])(
    '%i is a final answer',
    async (status) => {
      const { response } = await sendScripted(read(url), [{ status }])
      expect(response).toMatchObject({ status, attempts: 1 })
    },
  )

  test.each<[FailureReason]>([['unreachable'], ['interrupted'], ['cut']])(
    'a read whose exchange was %s is sent again',
    async (reason) => {
      const { response } = await sendScripted(read(url), [failed(reason, true), {}])
      expect(response).toMatchObject({ attempts: 2 })
    },
  )

  test.each<[FailureReason]>([['untrusted'], ['malformed'], ['undecodable'], ['too-large'], ['unsendable']])(
    'a read whose exchange was %s is not: it would be so again',
    async (reason) => {
      const { requests } = await sendScripted(read(url), [failed(reason, true)])
      expect(requests).toHaveLength(1)
    },
  )

  test('ends after five attempts with the last answer', async () => {
    const { response, waits } = await sendScripted(read(url), [
      { status: 503 },
      { status: 503, body: Buffer.from('last') },
    ])
    expect(response).toMatchObject({ status: 503, text: 'last', attempts: 5 })
    expect(waits).toEqual([125, 250, 500, 1000])
  })

  test('ends after five attempts with the last error, which says so', async () => {
    const { error, requests } = await sendScripted(read(url), [lost])
    expect(error).toMatchObject({
      code: 'network/interrupted',
      retryable: true,
      message: 'GET /things/{thing_id}: it was interrupted (5 attempts).',
    })
    expect(requests).toHaveLength(5)
  })

  test('takes the number of attempts from the limits', async () => {
    const { response } = await sendScripted(read(url), [{ status: 503 }], { limits: { attempts: 2 } })
    expect(response).toMatchObject({ attempts: 2 })
  })

  test.each<[string, Scripted]>([
    ['an answer 503', { status: 503 }],
    ['an answer 429', { status: 429, headers: { 'retry-after': '1' } }],
    ['a lost answer', lost],
    ['a request that was never answered', failed('cut', true)],
  ])('what is not repeatable is sent once, whatever comes: %s', async (_what, outcome) => {
    const { requests } = await sendScripted(write(url), [outcome])
    expect(requests).toHaveLength(1)
    const reading = await sendScripted(read(url, { repeatable: false }), [outcome])
    expect(reading.requests).toHaveLength(1)
  })
})

test('a write goes out again where no connection was made, and never once it may have arrived', async () => {
  const again = await sendScripted(write(url), [refused, refused, { status: 201 }])
  expect(again.response).toMatchObject({ status: 201, attempts: 3 })
  const doubted = await sendScripted(write(url), [refused, lost, { status: 201 }])
  expect([doubted.error?.code, doubted.requests.length]).toEqual([unknown, 2])
  const never = await sendScripted(write(url), [refused])
  expect(never.error).toMatchObject({ code: 'network/unreachable', retryable: true })
  expect(never.requests).toHaveLength(5)
})

describe('Retry-After', () => {
  const asking = (text: string, status = 429) => ({ status, headers: { 'retry-after': text } })

  test('is waited for, in seconds and as a date', async () => {
    const date = new Date(new FakeClock().now() + 12_000).toUTCString()
    const { waits } = await sendScripted(read(url), [asking('3'), asking(date, 503), {}])
    expect(waits).toEqual([3000, 9000])
  })

  test('of 30 s is waited for, a longer one is for the caller to see', async () => {
    const options = { timeoutMs: 60_000 }
    expect((await sendScripted(read(url), [asking('30'), {}], options)).waits).toEqual([30_000])
    const { response, waits } = await sendScripted(read(url), [asking('31'), {}], options)
    expect(response).toMatchObject({ status: 429, attempts: 1, headers: { 'retry-after': '31' } })
    expect(waits).toEqual([])
  })

  test('beyond the time that is left is not begun', async () => {
    const { response, waits } = await sendScripted(read(url), [asking('5')], { timeoutMs: 5000 })
    expect(response).toMatchObject({ status: 429, attempts: 1 })
    expect(waits).toEqual([])
  })

  test('no wait is begun that the time left does not cover, and the last error is thrown', async () => {
    const { error, waits } = await sendScripted(read(url), [lost], { timeoutMs: 300 })
    expect(error).toMatchObject({ code: 'network/interrupted' })
    expect(waits).toEqual([125])
  })
})

describe('a write', () => {
  test.each<[FailureReason, boolean, string]>([
    ['unreachable', false, 'network/unreachable'],
    ['untrusted', false, 'network/unreachable'],
    ['interrupted', true, unknown],
    ['cut', true, unknown],
    ['malformed', true, unknown],
    ['undecodable', true, unknown],
    ['too-large', true, unknown],
    ['unsendable', false, 'internal/bug'],
  ])('that was %s (sent: %p) fails as %3$s', async (reason, sent, code) => {
    const { error } = await sendScripted(write(url), [failed(reason, sent)])
    expect(error.code).toBe(code)
  })

  test('that was sent says so, and is never retryable', async () => {
    const { error } = await sendScripted(write(url), [
      new ExchangeFailure('cut', true, 'the body is cut', 201),
    ])
    expect(error).toMatchObject({
      name: 'WriteOutcomeUnknownError',
      retryable: false,
      status: 201,
      message:
        'POST /things/{thing_id}: the request was sent, but the body is cut. Nobody can say whether the write happened.',
    })
  })

  test('that was not sent says that', async () => {
    const { error } = await sendScripted(write(url), [refused])
    expect(error.message).toBe(
      'POST /things/{thing_id}: no connection to provider.example: it was unreachable (5 attempts). Nothing was sent.',
    )
  })

  test('whose success cannot be decoded has an unknown outcome', async () => {
    const { error } = await sendScripted(write(url), [{ status: 201, body: Buffer.from([0xff]) }])
    expect(error).toMatchObject({ code: unknown, status: 201 })
  })

  test('that is repeatable is repeated', async () => {
    const { response } = await sendScripted(write(url, { repeatable: true }), [lost, { status: 201 }])
    expect(response).toMatchObject({ status: 201, attempts: 2 })
  })

  test.each<[string, Scripted[]]>([
    ['never reached', [lost, refused]],
    ['answered 404, as a repeated DELETE is', [lost, { status: 404 }]],
    ['answered 503', [lost, { status: 503 }]],
    ['answered 404 after a gateway gave up', [{ status: 504 }, { status: 404 }]],
    ['never reached after a failure', [{ status: 500 }, refused]],
    ['not taken up after a gateway gave up', [{ status: 502 }, { status: 503 }]],
    ['a failure after a gateway gave up', [{ status: 504 }, { status: 500 }]],
  ])('with an attempt in doubt keeps its unknown outcome when the last one is %s', async (_what, script) => {
    const { error } = await sendScripted(write(url, { method: 'DELETE', repeatable: true }), script)
    expect(error.code).toBe(unknown)
  })

  test.each<[string, Scripted[], number]>([
    ['refused twice', [{ status: 429 }, { status: 400 }], 400],
    ['not taken up at first', [{ status: 503 }, { status: 404 }], 404],
    ['failing to the end', [{ status: 500 }], 500],
    ['failing, then not taken up', [{ status: 500 }, { status: 503 }], 503],
    ['lost by a gateway to the end', [{ status: 502 }, { status: 504 }], 504],
  ])('without any doubt gives the last answer: %s', async (_what, script, status) => {
    const { response } = await sendScripted(write(url, { repeatable: true }), script)
    expect(response).toMatchObject({ status })
  })
})

describe('redirects', () => {
  const to = (location: string, status = 302) => ({ status, headers: { location } })

  test.each([
    ['/other?x=1', 'http://provider.example/other?x=1'],
    ['sibling', 'http://provider.example/things/sibling'],
    ['http://provider.example:80/other', 'http://provider.example/other'],
    ['//provider.example/other#top', 'http://provider.example/other'],
    ['http://me:word@provider.example/other', 'http://provider.example/other'],
    [Buffer.from('/grüß').toString('latin1'), 'http://provider.example/gr%C3%BC%C3%9F'],
  ])('a read is followed on its origin: %s', async (location, target) => {
    const request = read(url, { headers: { authorization: 'Token x' } })
    const { response, requests } = await sendScripted(request, [to(location), {}])
    expect(response).toMatchObject({ status: 200, url: target, attempts: 1 })
    expect(requests[1]).toEqual({ ...request, url: target })
  })

  test.each([
    ['https://provider.example/things/7', 'https://provider.example'],
    ['http://provider.example:8080/x?token=canary', 'http://provider.example:8080'],
    ['http://elsewhere.example/?token=canary', 'http://elsewhere.example'],
    ['http://provider.example.evil.example/', 'http://provider.example.evil.example'],
    ['javascript:alert(1)', 'a javascript: address'],
  ])('another origin is never followed: %s', async (location, named) => {
    const { error, requests } = await sendScripted(read(url), [to(location)])
    expect(error).toMatchObject({
      code: 'provider/redirected',
      status: 302,
      message: `GET /things/{thing_id}: the provider answered 302, a redirect to ${named}, which is another origin.`,
    })
    expect(requests).toHaveLength(1)
  })

  test('an address that is none is not followed', async () => {
    const { error } = await sendScripted(read(url), [to('http://[')])
    expect(error).toMatchObject({ code: 'provider/redirected', status: 302 })
  })

  test('five in a row are followed, a sixth is not', async () => {
    const five = Array.from({ length: 5 }, (_, index) => to(`/${index}`))
    expect((await sendScripted(read(url), [...five, {}])).response).toMatchObject({ status: 200 })
    const { error, requests } = await sendScripted(read(url), [to('/round')])
    expect(error).toMatchObject({ code: 'provider/redirected' })
    expect(requests).toHaveLength(6)
  })

  test.each([
    [301, 'POST', 'GET'],
    [302, 'POST', 'GET'],
    [303, 'POST', 'GET'],
    [303, 'PUT', 'GET'],
    [301, 'PUT', 'PUT'],
    [307, 'POST', 'POST'],
    [308, 'POST', 'POST'],
  ])('%i turns a reading %s into %s', async (status, method, then) => {
    const query = write(url, { method, effect: 'read' })
    const { requests } = await sendScripted(query, [to('/other', status), {}])
    expect(requests[1]?.method).toBe(then)
    expect(requests[1]?.body).toBe(then === method ? query.body : undefined)
    expect(requests[1]?.headers).toEqual(then === method ? query.headers : {})
  })

  test.each([301, 302, 303, 307, 308])(
    'a write answered %i is not sent again, nor called a success',
    async (status) => {
      const { error, requests } = await sendScripted(write(url, { repeatable: true }), [to('/other', status)])
      expect(error).toMatchObject({ code: unknown, status })
      expect(error.message).toContain(`the provider answered ${status}, a redirect, which was not followed`)
      expect(requests).toHaveLength(1)
    },
  )

  test.each([
    [302, {}],
    [304, { location: '/x' }],
    [300, { location: '/x' }],
  ])('%i with %j is an answer like others', async (status, headers) => {
    expect((await sendScripted(read(url), [{ status, headers }])).response).toMatchObject({ status })
    expect((await sendScripted(write(url), [{ status, headers }])).response).toMatchObject({ status })
  })
})

describe('events', () => {
  test('tell of requests, answers, redirects and retries in their order', async () => {
    const { events } = await sendScripted(read(url), [
      { status: 503 },
      lost,
      { status: 307, headers: { location: '/other', 'set-cookie': 'session=1' } },
      { body: Buffer.from('12345') },
    ])
    const about = { method: 'GET', urlTemplate: '/things/{thing_id}' }
    const elsewhere = 'http://provider.example/other'
    expect(events).toEqual([
      { type: 'request', ...about, attempt: 1, url, headers: {} },
      { type: 'response', ...about, attempt: 1, status: 503, headers: {}, bodyBytes: 2, durationMs: 0 },
      { type: 'retry', ...about, attempt: 1, why: 'status 503', delayMs: 125 },
      { type: 'request', ...about, attempt: 2, url, headers: {} },
      { type: 'retry', ...about, attempt: 2, why: 'it was interrupted', delayMs: 250 },
      { type: 'request', ...about, attempt: 3, url, headers: {} },
      {
        type: 'response',
        ...about,
        attempt: 3,
        status: 307,
        headers: { location: '/other', 'set-cookie': '***' },
        bodyBytes: 2,
        durationMs: 0,
      },
      { type: 'redirect', ...about, attempt: 3, status: 307, from: url, to: elsewhere },
      { type: 'request', ...about, attempt: 3, url: elsewhere, headers: {} },
      { type: 'response', ...about, attempt: 3, status: 200, headers: {}, bodyBytes: 5, durationMs: 0 },
    ])
  })
})

describe('over real connections', () => {
  let clock: FakeClock
  let transport: Transport
  beforeEach(() => {
    clock = new FakeClock()
    transport = createTransport({ clock, random: () => 0 })
  })
  afterEach(() => transport.close())

  const send = (request: PreparedRequest, options: Partial<SendOptions> = {}) =>
    transport.send(request, { timeoutMs: 30_000, ...options })

  test('an answer comes whole', async () => {
    await using server = await startHttpServer((_request, response) =>
      response.writeHead(200, { 'content-type': 'application/json', 'x-request-id': 'r1' }).end('{"a":"ü"}'),
    )
    const { signal } = new AbortController()
    const response = await send(read(`${server.origin}/a?b=1`), { signal })
    expect(response).toMatchObject({
      status: 200,
      text: '{"a":"ü"}',
      url: `${server.origin}/a?b=1`,
      attempts: 1,
      headers: { 'x-request-id': 'r1' },
    })
    expect(getEventListeners(signal, 'abort')).toEqual([])
    expect(clock.pendingTimers).toBe(0)
  })

  test.each([
    ['without a word', ''],
    ['after the head', 'HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n'],
    ['in a dripping body', 'HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nsome'],
  ])('time runs out %s: a read times out, a write has an unknown outcome', async (_when, answer) => {
    await using server = await startRawServer((socket) => {
      socket.write(answer, () => setTimeout(() => clock.advance(30_000), 10))
    })
    expect(await thrownBy(send(read(server.origin)))).toMatchObject({
      code: 'network/timeout',
      message: 'GET /things/{thing_id}: no full answer came within 30 s.',
    })
    expect(await thrownBy(send(write(server.origin)))).toMatchObject({ code: unknown, retryable: false })
    await server.quiet()
    expect(clock.pendingTimers).toBe(0)
  })

  test('time that runs out before there is a connection leaves no doubt about a write', async () => {
    const stuck = createTransport({ clock, dnsLookup: () => setImmediate(() => clock.advance(30_000)) })
    const error = await thrownBy(stuck.send(write('http://nowhere.example'), { timeoutMs: 30_000 }))
    expect(error).toMatchObject({
      code: 'network/timeout',
      message: 'POST /things/{thing_id}: no full answer came within 30 s. Nothing was sent.',
    })
    stuck.close()
  })

  test('the caller ends a call before, during and between attempts', async () => {
    const controller = new AbortController()
    await using server = await startHttpServer((request, response) => {
      if (request.url === '/busy') response.writeHead(503, { 'retry-after': '20' }).end()
      else controller.abort()
    })
    const { signal } = controller

    const waiting = new AbortController()
    const between = thrownBy(send(read(`${server.origin}/busy`), { signal: waiting.signal }))
    await clock.scheduled(2)
    waiting.abort()
    expect(await between).toMatchObject({ code: 'call/aborted' })

    expect(await thrownBy(send(write(server.origin), { signal }))).toMatchObject({ code: unknown })
    expect(await thrownBy(send(write(server.origin), { signal }))).toMatchObject({ code: 'call/aborted' })
    expect(await thrownBy(send(read(server.origin), { signal }))).toMatchObject({
      code: 'call/aborted',
      message: 'GET /things/{thing_id}: the caller ended the call.',
    })
    expect(server.seen).toHaveLength(2)
    expect(clock.pendingTimers).toBe(0)
  })

  test('a wait that the caller ends after a lost write leaves its outcome unknown', async () => {
    await using server = await startRawServer((socket) => socket.destroy())
    const controller = new AbortController()
    const sending = thrownBy(
      send(write(server.origin, { repeatable: true }), {
        signal: controller.signal,
        observe: (event) => event.type === 'retry' && controller.abort(),
      }),
    )
    expect(await sending).toMatchObject({ code: unknown })
    expect(server.received).toHaveLength(1)
  })

  test('closing ends calls under way, and refuses later ones', async () => {
    await using server = await startHttpServer(() => transport.close())
    expect(await thrownBy(send(read(server.origin)))).toMatchObject({
      code: 'call/aborted',
      message: 'GET /things/{thing_id}: the transport was closed.',
    })
    expect(await thrownBy(send(read(server.origin)))).toMatchObject({ code: 'call/aborted' })
    expect(server.seen).toHaveLength(1)
    await server.quiet()
  })

  test('a request that HTTP cannot carry is refused before sending', async () => {
    await using server = await startHttpServer((_request, response) => response.end())
    const request = read(server.origin, { headers: { 'x-key': 'a\r\nb: c' } })
    expect(await thrownBy(send(request))).toMatchObject({ code: 'input/invalid' })
    expect(server.openConnections()).toBe(0)
  })

  test('a refused connection names the host', async () => {
    const origin = await closedOrigin()
    const error = await thrownBy(send(read(origin), { limits: { attempts: 1 } }))
    expect(error.message).toBe(
      `GET /things/{thing_id}: no connection to ${origin.slice(7)}: the connection was refused (ECONNREFUSED).`,
    )
  })
})
