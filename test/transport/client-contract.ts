import { getEventListeners } from 'node:events'
import { readFileSync } from 'node:fs'
import type { LookupFunction } from 'node:net'
import { brotliCompressSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import type { PreparedRequest } from '../../src/http/index.ts'
import { defaultLimits, ExchangeFailure, type HttpClient, type Limits } from '../../src/transport/index.ts'
import { read, thrownBy, write } from './requests.ts'
import {
  closedOrigin,
  startHastyServer,
  startHttpServer,
  startHttpsServer,
  startRawServer,
} from './servers.ts'

export interface ClientParts {
  readonly dnsLookup?: LookupFunction
  readonly certificateAuthority?: string
}

const tls = {
  key: readFileSync(new URL('../fixtures/tls/localhost-key.pem', import.meta.url)),
  cert: readFileSync(new URL('../fixtures/tls/localhost-cert.pem', import.meta.url), 'utf8'),
}

/** What every HTTP client behind the transport must do. */
export function describeHttpClient(name: string, create: (parts?: ClientParts) => HttpClient): void {
  describe(name, () => {
    let client: HttpClient
    beforeEach(() => {
      client = create()
    })
    afterEach(() => client.close())

    const exchange = (
      request: PreparedRequest,
      { limits = {}, signal = new AbortController().signal, by = client }: ExchangeOptions = {},
    ) => by.exchange(request, { signal, limits: { ...defaultLimits, ...limits } })
    const failureOf = async (request: PreparedRequest, options?: ExchangeOptions) => {
      const failure = await thrownBy(exchange(request, options))
      expect(failure).toBeInstanceOf(ExchangeFailure)
      expect(failure.cause).toBeUndefined()
      return failure as unknown as ExchangeFailure
    }

    describe('sends what it is given', () => {
      test.each([
        ['GET without a body', read('/a?b=%2F&c=d+e'), '', undefined],
        ['GET with a body', read('/a', { body: 'q' }), 'q', '1'],
        ['HEAD', read('/a', { method: 'HEAD' }), '', undefined],
        ['POST with a text', write('/a', { body: 'grüß' }), 'grüß', '6'],
        ['POST with an empty text', write('/a', { body: '' }), '', '0'],
        ['PUT with bytes', write('/a', { method: 'PUT', body: new Uint8Array([65, 66]) }), 'AB', '2'],
        ['DELETE without a body', withoutBody(write('/a', { method: 'DELETE' })), '', undefined],
        ['POST without a body', withoutBody(write('/a')), '', '0'],
      ])('%s', async (_what, request, body, length) => {
        await using server = await startHttpServer((_request, response) => response.end())
        await exchange({ ...request, url: server.origin + request.url, headers: { 'x-a': 'ä b' } })
        expect(server.seen).toHaveLength(1)
        expect(server.seen[0]).toMatchObject({ method: request.method, url: request.url, body })
        expect(server.seen[0]?.headers).toMatchObject({ 'x-a': 'ä b' })
        expect(server.seen[0]?.headers['content-length']).toBe(length)
        expect(server.seen[0]?.headers['transfer-encoding']).toBeUndefined()
      })

      test('a body of several hundred kilobytes', async () => {
        await using server = await startHttpServer((_request, response) => response.end())
        const body = 'x'.repeat(500_000)
        await exchange(write(server.origin, { body }))
        expect(server.seen[0]?.body).toBe(body)
      })
    })

    describe('gives what came', () => {
      test('status, headers in lower case with several values joined, and body', async () => {
        await using server = await startRawServer((socket) =>
          socket.write(
            'HTTP/1.1 418 Teapot\r\nX-One: 1\r\nx-two: a\r\nX-Two: b\r\nContent-Length: 4\r\n\r\nbody',
          ),
        )
        const { status, headers, body } = await exchange(read(server.origin))
        expect(status).toBe(418)
        expect(headers).toMatchObject({ 'x-one': '1', 'x-two': 'a, b' })
        expect(body.toString()).toBe('body')
      })

      test.each([
        ['gzip', gzipSync('grüß')],
        ['x-gzip', gzipSync('grüß')],
        ['br', brotliCompressSync('grüß')],
        ['zstd', zstdCompressSync('grüß')],
        ['deflate', deflateSync('grüß')],
        ['gzip, br', brotliCompressSync(gzipSync('grüß'))],
      ])('a %s body decompressed', async (coding, bytes) => {
        await using server = await startHttpServer((_request, response) =>
          response.writeHead(200, { 'content-encoding': coding }).end(bytes),
        )
        const { body, headers } = await exchange(read(server.origin))
        expect(body.toString()).toBe('grüß')
        expect(headers['content-encoding']).toBeUndefined()
      })

      test.each([
        ['a 204', '204 No Content', 'GET'],
        ['a 304 with the length of what it stands for', '304 Not Modified\r\nContent-Length: 10', 'GET'],
        ['an answer to HEAD', '200 OK\r\nContent-Length: 10\r\nContent-Encoding: gzip', 'HEAD'],
      ])('%s without waiting for a body', async (_what, head, method) => {
        await using server = await startRawServer((socket) => socket.write(`HTTP/1.1 ${head}\r\n\r\n`))
        const { body } = await exchange(read(server.origin, { method }))
        expect(body).toHaveLength(0)
      })

      test('a redirect as it is', async () => {
        await using server = await startHttpServer((_request, response) =>
          response.writeHead(302, { location: '/elsewhere' }).end(),
        )
        expect((await exchange(read(server.origin))).headers).toMatchObject({ location: '/elsewhere' })
        expect(server.seen).toHaveLength(1)
      })

      test('a body that ends with the connection, where nothing else tells its end', async () => {
        await using server = await startRawServer((socket) => socket.end('HTTP/1.1 200 OK\r\n\r\nall of it'))
        expect((await exchange(read(server.origin))).body.toString()).toBe('all of it')
      })

      test('an answer that comes before the whole request was taken, and leaves nothing of it running', async () => {
        await using server = await startHastyServer('HTTP/1.1 413 Too Large\r\nContent-Length: 0\r\n\r\n')
        const { status } = await exchange(write(server.origin, { body: 'x'.repeat(20_000_000) }))
        expect(status).toBe(413)
        await server.quiet()
        expect(server.bytesRead()).toBeLessThan(20_000_000)
      })

      test('over one connection for requests one after another', async () => {
        await using server = await startHttpServer((_request, response) => response.end('x'))
        for (let number = 0; number < 3; number++) await exchange(read(server.origin))
        expect(server.openConnections()).toBe(1)
      })
    })

    describe('tells a cut or damaged answer from a whole one', () => {
      const gzipped = gzipSync('{"rows":[1,2,3,4,5,6,7,8,9]}')
      test.each([
        ['fewer bytes than Content-Length', 'Content-Length: 10\r\n\r\n12345', 'end', 'cut'],
        ['fewer bytes and a reset', 'Content-Length: 10\r\n\r\n12345', 'reset', 'cut'],
        ['a head alone', 'Content-Length: 10\r\n\r\n', 'end', 'cut'],
        ['chunks without the last one', 'Transfer-Encoding: chunked\r\n\r\n5\r\n12345\r\n', 'end', 'cut'],
        ['half a chunk', 'Transfer-Encoding: chunked\r\n\r\na\r\n12345', 'end', 'cut'],
        ['a wrong chunk size', 'Transfer-Encoding: chunked\r\n\r\nzz\r\n12345\r\n', 'stay', 'malformed'],
        [
          'a gzip body cut by the connection',
          `Content-Encoding: gzip\r\nContent-Length: ${gzipped.length}\r\n\r\n${gzipped.subarray(0, -12).toString('latin1')}`,
          'end',
          'cut',
        ],
        [
          'a gzip body cut within whole framing',
          `Content-Encoding: gzip\r\nContent-Length: ${gzipped.length - 12}\r\n\r\n${gzipped.subarray(0, -12).toString('latin1')}`,
          'stay',
          'cut',
        ],
        [
          'chunks of a gzip body without the last one',
          `Content-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n${gzipped.subarray(0, 5).toString('latin1')}\r\n`,
          'end',
          'cut',
        ],
        [
          'a gzip body that is none',
          'Content-Encoding: gzip\r\nContent-Length: 9\r\n\r\nnot gzip!',
          'stay',
          'undecodable',
        ],
        [
          'a brotli body that is none',
          'Content-Encoding: br\r\nContent-Length: 9\r\n\r\nnot brot!',
          'stay',
          'undecodable',
        ],
        [
          'a zstd body that is none',
          'Content-Encoding: zstd\r\nContent-Length: 9\r\n\r\nnot zstd!',
          'stay',
          'undecodable',
        ],
      ])('%s', async (_what, answer, ending, reason) => {
        await using server = await startRawServer((socket) => {
          socket.write(`HTTP/1.1 200 OK\r\n${answer}`, 'latin1', () => {
            if (ending === 'end') socket.end()
            if (ending === 'reset') setTimeout(() => socket.resetAndDestroy(), 20)
          })
        })
        expect(await failureOf(read(server.origin))).toMatchObject({ reason, sent: true, status: 200 })
        // Whole framing leaves the connection fit for the next request.
        if (ending !== 'stay') await server.quiet()
      })

      test.each([
        ['a connection closed without an answer', '', 'interrupted'],
        ['half a head', 'HTTP/1.1 200 OK\r\nX-Half', 'interrupted'],
        ['something that is not HTTP', 'SSH-2.0-OpenSSH_9.6\r\n', 'malformed'],
        ['a status that is none', 'HTTP/1.1 abc\r\n\r\n', 'malformed'],
        ['two lengths', 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\nabc', 'malformed'],
        [
          'a length and chunks',
          'HTTP/1.1 200 OK\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\nab',
          'malformed',
        ],
        ['a head beyond the limit', `HTTP/1.1 200 OK\r\nX: ${'x'.repeat(70_000)}\r\n\r\n`, 'malformed'],
        [
          'another protocol offered',
          'HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: h2c\r\n\r\n',
          'malformed',
        ],
      ])('%s', async (_what, answer, reason) => {
        await using server = await startRawServer((socket) => {
          // A server that changes the protocol goes on speaking.
          if (answer.startsWith('HTTP/1.1 101')) socket.write(answer)
          else socket.end(answer)
        })
        expect(await failureOf(read(server.origin))).toMatchObject({ reason, sent: true, status: undefined })
        await server.quiet()
      })

      test('a reset while the answer is awaited', async () => {
        await using server = await startRawServer((socket) => socket.resetAndDestroy())
        expect(await failureOf(write(server.origin))).toMatchObject({ reason: 'interrupted', sent: true })
      })

      test('a reset on a connection that served before', async () => {
        await using server = await startRawServer((socket, number) => {
          if (number === 1) socket.write('HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n')
          else socket.resetAndDestroy()
        })
        await exchange(read(server.origin))
        expect(await failureOf(write(server.origin))).toMatchObject({ reason: 'interrupted', sent: true })
      })
    })

    describe('bounds the body', () => {
      const limits = { bodyBytes: 1000 }

      test.each([
        ['announced', { 'content-length': '1001' }, Buffer.alloc(1001)],
        ['unannounced', { 'transfer-encoding': 'chunked' }, Buffer.alloc(1001)],
        ['compressed', { 'content-encoding': 'gzip' }, gzipSync(Buffer.alloc(1001))],
      ])('%s', async (_how, headers, bytes) => {
        await using server = await startHttpServer((_request, response) =>
          response.writeHead(200, headers).end(bytes),
        )
        expect(await failureOf(read(server.origin), { limits })).toMatchObject({
          reason: 'too-large',
          sent: true,
        })
      })

      test('takes a body of exactly the limit', async () => {
        await using server = await startHttpServer((_request, response) => response.end(Buffer.alloc(1000)))
        expect((await exchange(read(server.origin), { limits })).body).toHaveLength(1000)
      })

      test('does not wait for the rest of an endless body', async () => {
        await using server = await startHttpServer((_request, response) => {
          const write = () => {
            if (response.destroyed) return
            if (response.write(Buffer.alloc(100_000))) setImmediate(write)
            else response.once('drain', write)
          }
          write()
        })
        expect(await failureOf(read(server.origin), { limits })).toMatchObject({ reason: 'too-large' })
        await server.quiet()
      })

      test('stops a decompression bomb early', async () => {
        // 100 MB in two layers of gzip: a kilobyte or so on the wire.
        const bomb = gzipSync(gzipSync(Buffer.alloc(100_000_000)))
        await using server = await startHttpServer((_request, response) =>
          response.writeHead(200, { 'content-encoding': 'gzip, gzip' }).end(bomb),
        )
        const before = process.memoryUsage().arrayBuffers
        const failure = await failureOf(read(server.origin), { limits: { bodyBytes: 1_000_000 } })
        expect(failure).toMatchObject({ reason: 'too-large' })
        expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(50_000_000)
      })
    })

    describe('knows whether the request was sent', () => {
      test('not where the connection is refused', async () => {
        const failure = await failureOf(write(await closedOrigin()))
        expect(failure).toMatchObject({ reason: 'unreachable', sent: false })
        expect(failure.detail).toBe('the connection was refused (ECONNREFUSED)')
      })

      test('not where the name cannot be resolved', async () => {
        const by = create({
          dnsLookup: (_host, _options, callback) =>
            callback(Object.assign(new Error('canary'), { code: 'ENOTFOUND' }), '', 0),
        })
        const failure = await failureOf(write('http://nowhere.example'), { by })
        expect(failure).toMatchObject({ reason: 'unreachable', sent: false })
        expect(failure.detail).toBe('the name of the host is not known (ENOTFOUND)')
        by.close()
      })

      test('not where the connection takes too long', async () => {
        const by = create({ dnsLookup: () => {} })
        const failure = await failureOf(write('http://nowhere.example'), { by, limits: { connectMs: 20 } })
        expect(failure).toMatchObject({ reason: 'unreachable', sent: false })
        by.close()
      })

      test('not where the certificate is not trusted', async () => {
        await using server = await startHttpsServer(tls, (_request, response) => response.end())
        expect(await failureOf(write(server.origin))).toMatchObject({ reason: 'untrusted', sent: false })
        expect(server.seen).toEqual([])
      })

      test('not where the certificate is for another host', async () => {
        await using server = await startHttpsServer(tls, (_request, response) => response.end())
        const by = create({
          certificateAuthority: tls.cert,
          dnsLookup: (_host, _options, callback) => callback(null, [{ address: '127.0.0.1', family: 4 }]),
        })
        const url = `https://elsewhere.example:${server.port}`
        expect(await failureOf(write(url), { by })).toMatchObject({ reason: 'untrusted', sent: false })
        expect(server.seen).toEqual([])
        by.close()
      })

      test('not where the server does not speak TLS', async () => {
        await using server = await startRawServer(() => {})
        await using plain = await startHttpServer(() => {})
        const url = plain.origin.replace('http:', 'https:')
        const failure = await failureOf(write(url))
        expect(failure.sent).toBe(false)
        expect(server.received).toEqual([])
      })

      test('it was where a trusted server breaks the connection after the handshake', async () => {
        await using server = await startHttpsServer(tls, (_request, response) => response.socket?.destroy())
        const by = create({ certificateAuthority: tls.cert })
        expect(await failureOf(write(server.origin), { by })).toMatchObject({
          reason: 'interrupted',
          sent: true,
        })
        expect(server.seen).toHaveLength(1)
        by.close()
      })
    })

    describe('ends at the signal', () => {
      test('that was raised before, without sending', async () => {
        await using server = await startHttpServer((_request, response) => response.end())
        const failure = await failureOf(read(server.origin), { signal: AbortSignal.abort() })
        expect(failure).toMatchObject({ reason: 'cancelled', sent: false })
        expect(server.openConnections()).toBe(0)
      })

      test('raised in the same moment, without sending', async () => {
        await using server = await startHttpServer((_request, response) => response.end())
        const controller = new AbortController()
        const failing = failureOf(write(server.origin), { signal: controller.signal })
        controller.abort()
        expect(await failing).toMatchObject({ reason: 'cancelled', sent: false })
        await new Promise((resolve) => setTimeout(resolve, 20))
        expect(server.seen).toEqual([])
      })

      test('while the name is resolved', async () => {
        const controller = new AbortController()
        const by = create({ dnsLookup: () => setImmediate(() => controller.abort()) })
        const failure = await failureOf(write('http://nowhere.example'), { by, signal: controller.signal })
        expect(failure).toMatchObject({ reason: 'cancelled', sent: false })
        by.close()
      })

      test.each([
        ['while the answer is awaited', ''],
        ['while the body drips', 'HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nsome'],
        [
          'while a compressed body drips',
          `HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n${gzipSync('x').subarray(0, 11).toString('latin1')}`,
        ],
      ])('%s, and leaves no connection', async (_when, answer) => {
        const controller = new AbortController()
        await using server = await startRawServer((socket) => {
          socket.write(answer, 'latin1')
          setTimeout(() => controller.abort(), 20)
        })
        const failure = await failureOf(write(server.origin), { signal: controller.signal })
        expect(failure).toMatchObject({ reason: 'cancelled', sent: true })
        await server.quiet()
      })

      test('raised after the answer does nothing', async () => {
        await using server = await startHttpServer((_request, response) => response.end('x'))
        const controller = new AbortController()
        await exchange(read(server.origin), { signal: controller.signal })
        expect(getEventListeners(controller.signal, 'abort')).toEqual([])
        controller.abort()
        await exchange(read(server.origin))
        expect(server.openConnections()).toBe(1)
      })
    })

    test('closing ends idle and busy connections', async () => {
      await using server = await startHttpServer((request, response) => {
        if (request.url === '/quick') response.end()
        else client.close()
      })
      await exchange(read(`${server.origin}/quick`))
      expect(await failureOf(read(`${server.origin}/slow`))).toMatchObject({ reason: 'interrupted' })
      await server.quiet()
    })
  })
}

interface ExchangeOptions {
  readonly limits?: Partial<Limits>
  readonly signal?: AbortSignal
  readonly by?: HttpClient
}

function withoutBody({ body: _dropped, ...request }: PreparedRequest): PreparedRequest {
  return request
}
