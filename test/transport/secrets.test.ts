import { inspect } from 'node:util'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import type { PreparedRequest } from '../../src/http/index.ts'
import {
  createTransport,
  type SendOptions,
  type Transport,
  type TransportEvent,
} from '../../src/transport/index.ts'
import { read, thrownBy, write } from './requests.ts'
import { closedOrigin, startHttpServer, startRawServer } from './servers.ts'

const canaries = {
  header: 'canary-header+/=1',
  plainHeader: 'canary-plain-2',
  query: 'canary query/3',
  path: 'canary-path-4',
  body: 'canary-"body"-5',
  short: 'cnry',
}
const shapes = Object.values(canaries).flatMap((value) => [
  value,
  JSON.stringify(value).slice(1, -1),
  encodeURIComponent(value),
  Buffer.from(value).toString('base64'),
])

function withCanaries(request: PreparedRequest): PreparedRequest {
  const query = `?q=1&api_key=${encodeURIComponent(canaries.query)}&short=${canaries.short}`
  return {
    ...request,
    url: `${request.url}/hooks/${canaries.path}${query}`,
    headers: { authorization: `Token ${canaries.header}`, 'x-plain': `is ${canaries.plainHeader}` },
    ...(request.body !== undefined && { body: JSON.stringify({ secret: canaries.body }) }),
    secrets: {
      headers: new Map([['authorization', 'Token ***']]),
      query: new Set(['api_key']),
      values: Object.values(canaries),
    },
  }
}

/** Everything anybody could print of a value. */
function everythingOf(value: unknown): string {
  const error = value as { message?: string; hint?: string; stack?: string }
  return [
    error.message,
    error.hint,
    error.stack,
    JSON.stringify(value),
    inspect(value, { depth: Number.POSITIVE_INFINITY, showHidden: true, getters: true }),
  ].join('\n')
}

function expectClean(value: unknown): void {
  const all = everythingOf(value)
  for (const shape of shapes) expect(all).not.toContain(shape)
}

describe('secrets', () => {
  let transport: Transport
  let events: TransportEvent[]
  beforeEach(() => {
    events = []
    transport = createTransport({ random: () => 0 })
  })
  afterEach(() => transport.close())

  const send = (request: PreparedRequest, options: Partial<SendOptions> = {}) =>
    transport.send(withCanaries(request), {
      timeoutMs: 5000,
      observe: (event) => events.push(event),
      ...options,
    })

  test('reach the provider as they are', async () => {
    await using server = await startHttpServer((_request, response) => response.end())
    await send(write(server.origin))
    expect(server.seen[0]?.headers).toMatchObject({ authorization: `Token ${canaries.header}` })
    expect(server.seen[0]?.body).toBe(JSON.stringify({ secret: canaries.body }))
    expect(server.seen[0]?.url).toContain(encodeURIComponent(canaries.query))
  })

  test('are masked in an answer that echoes them, and the rest of it stays', async () => {
    await using server = await startHttpServer((request, response) => {
      const { authorization } = request.headers
      const echo = { ...request, encoded: Buffer.from(canaries.header).toString('base64'), short: undefined }
      response.writeHead(401, { 'x-echo': `${authorization}`, 'set-cookie': canaries.header, 'x-id': 'r1' })
      response.end(JSON.stringify(echo).replaceAll(canaries.short, ''))
    })
    const response = await send(write(server.origin))
    expectClean({ ...response, url: '' })
    expect(JSON.parse(response.text)).toMatchObject({
      method: 'POST',
      headers: { authorization: 'Token ***', 'x-plain': 'is ***' },
      body: '{"secret":"***"}',
      encoded: '***',
    })
    expect(response.headers).toMatchObject({ 'x-echo': 'Token ***', 'x-id': 'r1' })
  })

  test('short ones are left in an answer, where they may be innocent data', async () => {
    await using server = await startHttpServer((_request, response) => response.end(canaries.short))
    expect((await send(read(server.origin))).text).toBe(canaries.short)
  })

  test('are masked in every event', async () => {
    await using server = await startHttpServer((request, response, number) => {
      const echo = { 'x-echo': `${request.headers.authorization}`, 'set-cookie': canaries.plainHeader }
      if (number === 1) response.writeHead(503, { ...echo, 'retry-after': '0' }).end()
      else if (number === 2) response.writeHead(302, { ...echo, location: `${request.url}&again=1` }).end()
      else response.writeHead(200, echo).end(canaries.header)
    })
    await send(read(server.origin))
    expect(events.map(({ type }) => type)).toEqual([
      ...['request', 'response', 'retry'],
      ...['request', 'response', 'redirect', 'request', 'response'],
    ])
    for (const event of events) expectClean(event)
    expect(events[0]).toMatchObject({
      url: `${server.origin}/hooks/***?q=1&api_key=***&short=***`,
      headers: { authorization: 'Token ***', 'x-plain': 'is ***' },
    })
    expect(events[1]).toMatchObject({ headers: { 'x-echo': 'Token ***', 'set-cookie': '***' } })
  })

  describe('are in no error', () => {
    const echo = Object.values(canaries).join(' ')
    const body = (head: string, text = echo) => `HTTP/1.1 200 OK\r\nX-Echo: ${echo}\r\n${head}\r\n\r\n${text}`

    test.each([
      ['a lost answer', 'network/interrupted', ''],
      ['a cut answer', 'response/unreadable', body('Content-Length: 1000')],
      ['an answer that is not HTTP', 'response/unreadable', echo],
      ['a head with a wrong line', 'response/unreadable', `HTTP/1.1 200 OK\r\n${echo}\r\n\r\n`],
      [
        'a damaged gzip body',
        'response/unreadable',
        body(`Content-Encoding: gzip\r\nContent-Length: ${echo.length}`),
      ],
      ['wrong bytes', 'response/unreadable', body('Content-Length: 100', `${echo}\xff`.padEnd(100))],
      [
        'an unknown charset',
        'response/unreadable',
        body(`Content-Type: text/plain; charset=${canaries.plainHeader}\r\nContent-Length: ${echo.length}`),
      ],
      ['too large a body', 'response/too-large', body('Content-Length: 999999999')],
      [
        'a redirect to another origin',
        'provider/redirected',
        `HTTP/1.1 302 Found\r\nLocation: http://${canaries.plainHeader}.example/${canaries.path}?a=${canaries.body}\r\nContent-Length: 0\r\n\r\n`,
      ],
    ])('%s', async (_what, code, answer) => {
      await using server = await startRawServer((socket) => socket.end(answer, 'latin1'))
      const limits = { attempts: 1 }
      const error = await thrownBy(send(read(server.origin), { limits }))
      expect(error['code']).toBe(code)
      expectClean(error)
      expect(error.cause).toBeUndefined()

      const unknown = await thrownBy(send(write(server.origin), { limits }))
      expect(unknown['code']).toBe('write/outcome-unknown')
      expectClean(unknown)
    })

    test('no connection, to a host named like one', async () => {
      const dead = createTransport({
        dnsLookup: (host, _options, callback) =>
          callback(Object.assign(new Error(`getaddrinfo ${host}`), { code: 'ENOTFOUND' }), ''),
      })
      const request = withCanaries(read(`http://${canaries.plainHeader}.example`))
      const error = await thrownBy(dead.send(request, { timeoutMs: 5000, limits: { attempts: 1 } }))
      expect(error.message).toContain('no connection to ***.example')
      expectClean(error)
      dead.close()
    })

    test('a refused connection', async () => {
      const error = await thrownBy(send(read(await closedOrigin()), { limits: { attempts: 1 } }))
      expect(error).toMatchObject({ code: 'network/unreachable' })
      expectClean(error)
    })

    test('time that ran out, and the end by the caller', async () => {
      await using server = await startRawServer((socket) => socket.write(body('Content-Length: 1000')))
      const timeout = await thrownBy(send(read(server.origin), { timeoutMs: 50 }))
      expect(timeout['code']).toBe('network/timeout')
      expectClean(timeout)

      const signal = AbortSignal.abort(new Error(echo))
      const aborted = await thrownBy(send(read(server.origin), { signal }))
      expect(aborted['code']).toBe('call/aborted')
      expectClean(aborted)
    })

    test('a header that cannot be sent', async () => {
      const request = withCanaries(read('http://127.0.0.1:1'))
      const headers = { authorization: `${canaries.header}\n` }
      const error = await thrownBy(transport.send({ ...request, headers }, { timeoutMs: 50 }))
      expect(error['code']).toBe('input/invalid')
      expectClean(error)
    })

    test('a client that fails in its own way', async () => {
      const broken = createTransport({
        client: { exchange: () => Promise.reject(new TypeError(echo)), close() {} },
      })
      const error = await thrownBy(broken.send(withCanaries(read('http://127.0.0.1')), { timeoutMs: 5000 }))
      expect(error['code']).toBe('internal/bug')
      expectClean(error)
    })
  })
})
