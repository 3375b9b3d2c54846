import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals'
import type { PreparedRequest, StreamedBody } from '../../src/http/index.ts'
import { type BodySink, createTransport, type SendOptions } from '../../src/transport/index.ts'
import { read, thrownBy, write } from './requests.ts'

const kib = 1024
const mib = 1024 * kib
const transport = createTransport()
let answer: (request: IncomingMessage, response: ServerResponse) => void
let requests = 0
const server = createServer((request, response) => {
  requests += 1
  request.on('error', () => {})
  answer(request, response)
})
let origin = ''

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterEach(() => {
  requests = 0
})
afterAll(async () => {
  transport.close()
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
})

const send = (request: PreparedRequest, options: Partial<SendOptions> = {}) =>
  transport.send(request, { timeoutMs: 5_000, ...options })

/** A body of `count` chunks, with what became of it. */
function source(count: number, chunkBytes = 64 * kib, bytes?: number) {
  const seen = { pulled: 0, closed: false }
  const body: StreamedBody = {
    ...(bytes === undefined ? {} : { bytes }),
    async *open(signal) {
      signal.addEventListener('abort', () => {
        seen.closed = true
      })
      for (let index = 0; index < count; index += 1) {
        seen.pulled += 1
        yield Buffer.alloc(chunkBytes, index)
      }
    },
  }
  return { body, seen }
}

async function lengthOf(request: IncomingMessage): Promise<number> {
  let bytes = 0
  for await (const chunk of request) bytes += (chunk as Buffer).length
  return bytes
}

describe('a streamed body', () => {
  test.each([
    ['with its length, where that is known', 8 * 64 * kib, String(8 * 64 * kib), undefined],
    ['in chunks, where it is not', undefined, undefined, 'chunked'],
  ])('arrives whole %s', async (_, bytes, length, coding) => {
    let seen: unknown
    answer = async (request, response) => {
      seen = [
        request.headers['content-length'],
        request.headers['transfer-encoding'],
        await lengthOf(request),
      ]
      response.end('ok')
    }
    const { text } = await send(write(`${origin}/up`, { body: source(8, 64 * kib, bytes).body }))
    expect([text, seen]).toEqual(['ok', [length, coding, 8 * 64 * kib]])
  })

  test('is read no faster than the provider takes it, and let go when the caller ends the call', async () => {
    const { body, seen } = source(1000)
    const controller = new AbortController()
    answer = (request) => {
      request.pause()
      setTimeout(() => controller.abort(), 150)
    }
    const error = await thrownBy(send(write(`${origin}/up`, { body }), { signal: controller.signal }))
    expect(error).toMatchObject({ code: 'write/outcome-unknown' })
    expect(seen.closed).toBe(true)
    expect(seen.pulled).toBeLessThan(500)
  })

  test('that cannot be opened is told before anything is sent', async () => {
    const body: StreamedBody = {
      // biome-ignore lint/correctness/useYield: it fails before it gives anything
      async *open() {
        throw Object.assign(new Error('secret path /home/x'), { code: 'ENOENT' })
      },
    }
    const error = await thrownBy(send(write(`${origin}/up`, { body })))
    expect(error).toMatchObject({ code: 'file/unreadable', message: expect.stringContaining('ENOENT') })
    expect(error.message).not.toContain('secret path')
    expect(requests).toBe(0)
  })

  test.each([
    ['fails half-way', source(4).body, true],
    ['ends before its length', source(2, 64 * kib, 200 * kib).body, false],
    ['goes on beyond its length', source(4, 64 * kib, 100 * kib).body, false],
  ])(
    'that %s leaves a write of unknown fate, and the provider sees a cut request',
    async (_, body, fails) => {
      let complete: boolean | undefined
      const gone = new Promise<void>((resolve) => {
        answer = (request) => {
          request.resume()
          request.once('close', () => {
            complete = request.complete
            resolve()
          })
        }
      })
      const failing: StreamedBody = !fails
        ? body
        : {
            async *open(signal) {
              yield* body.open(signal)
              throw new Error('disk')
            },
          }
      const error = await thrownBy(send(write(`${origin}/up`, { body: failing })))
      await gone
      expect([error['code'], complete]).toEqual(['write/outcome-unknown', false])
    },
  )

  test('is given up where the provider refuses early, and the answer is taken', async () => {
    const { body, seen } = source(100_000)
    answer = (request, response) => {
      request.once('data', () => {
        request.pause()
        response.writeHead(413).end('too much')
      })
    }
    expect(await send(write(`${origin}/up`, { body }))).toMatchObject({ status: 413, text: 'too much' })
    expect(seen.closed).toBe(true)
  })

  test('is never sent twice, whatever the definition says', async () => {
    answer = (request, response) => {
      request.resume()
      request.once('end', () => response.writeHead(503).end())
    }
    const { status } = await send(write(`${origin}/up`, { body: source(2).body, repeatable: true }))
    expect([status, requests]).toEqual([503, 1])
  })
})

describe('a sink', () => {
  const collect = (slowMs = 0) => {
    const seen = { bytes: 0, largest: 0 }
    const sink: BodySink = {
      async write(chunk) {
        seen.bytes += chunk.length
        seen.largest = Math.max(seen.largest, chunk.length)
        if (slowMs > 0) await new Promise((resolve) => setTimeout(resolve, slowMs))
      },
    }
    return { seen, receive: () => sink, sink }
  }
  const sendBytes = (bytes: number) => (_: IncomingMessage, response: ServerResponse) => {
    response.writeHead(200, { 'content-length': bytes }).end(Buffer.alloc(bytes, 7))
  }

  test('takes the body as it comes, and none of it is held', async () => {
    answer = sendBytes(3 * mib)
    const { seen, receive } = collect()
    const { text, delivered } = await send(read(`${origin}/file`), { receive })
    expect([text, delivered, seen.bytes]).toEqual(['', 3 * mib, 3 * mib])
    expect(seen.largest).toBeLessThan(mib)
  })

  test('that is slow slows the provider down', async () => {
    let written = 0
    answer = async (_, response) => {
      response.on('error', () => {})
      const chunk = Buffer.alloc(64 * kib)
      for (let index = 0; index < 2_000 && !response.destroyed; index += 1) {
        written += chunk.length
        if (!response.write(chunk)) await new Promise((resolve) => setTimeout(resolve, 1))
        while (response.writableNeedDrain && !response.destroyed)
          await new Promise((resolve) => setTimeout(resolve, 5))
      }
      response.end()
    }
    const { receive } = collect(20)
    const error = await thrownBy(send(read(`${origin}/file`), { receive, timeoutMs: 400 }))
    expect(error['code']).toBe('network/timeout')
    expect(written).toBeLessThan(60 * mib)
  })

  test('that fails ends the exchange with a coded error', async () => {
    answer = sendBytes(mib)
    const receive = () => ({ write: async () => Promise.reject(new Error('no space')) })
    expect(await thrownBy(send(read(`${origin}/file`), { receive }))).toMatchObject({
      code: 'file/unwritable',
    })
    const unopened = () => {
      throw new Error('no such folder')
    }
    expect(await thrownBy(send(read(`${origin}/file`), { receive: unopened }))).toMatchObject({
      code: 'file/unwritable',
    })
  })

  test('has its own limit of size', async () => {
    answer = sendBytes(2 * mib)
    const { sink } = collect()
    const limits = { bodyBytes: mib }
    const large = { receive: () => ({ ...sink, maxBytes: 3 * mib }), limits }
    expect((await send(read(`${origin}/file`), large)).delivered).toBe(2 * mib)
    const small = { receive: () => ({ ...sink, maxBytes: mib }), limits }
    expect(await thrownBy(send(read(`${origin}/file`), small))).toMatchObject({ code: 'response/too-large' })
  })

  test('is opened once: a body that is cut after that is not fetched again', async () => {
    answer = (_, response) => {
      response.writeHead(200, { 'content-length': mib })
      response.write(Buffer.alloc(kib), () => response.destroy())
    }
    const { receive } = collect()
    expect(await thrownBy(send(read(`${origin}/file`), { receive }))).toMatchObject({
      code: 'response/unreadable',
    })
    expect(requests).toBe(1)
  })
})

describe('a redirect to another origin', () => {
  const secret = 'canary-token-12345678'
  const guarded = () =>
    read(`${origin}/file?key=${secret}`, {
      headers: { authorization: secret, 'x-key': secret, accept: '*/*', cookie: 'a=1' },
      secrets: { headers: new Map([['x-key', '***']]), query: new Set(['key']), values: [secret] },
    })
  const otherOrigin = () => origin.replace('127.0.0.1', 'localhost')

  test('is followed where it may be, without anything that authenticates', async () => {
    const seen: IncomingMessage['headers'][] = []
    answer = (request, response) => {
      if (request.url?.startsWith('/file'))
        return void response.writeHead(302, { location: `${otherOrigin()}/blob?sig=abcdefgh` }).end()
      seen.push(request.headers)
      response.end('bytes')
    }
    const found = await send(guarded(), { leavesOrigin: true })
    expect(found.text).toBe('bytes')
    expect(found.url).toBe(`${otherOrigin()}/blob?sig=***`)
    expect(JSON.stringify(seen)).not.toContain(secret)
    expect(seen[0]).not.toHaveProperty('cookie')
    expect(await thrownBy(send(guarded()))).toMatchObject({ code: 'provider/redirected' })
  })

  test.each([
    '127.0.0.1',
    'localhost',
    '10.1.2.3',
    '169.254.169.254',
    '[::1]',
    '[::ffff:127.0.0.1]',
    '[fd00::1]',
    '192.168.0.1',
    '0.0.0.0',
    '2130706433',
  ])('leads nowhere within the own network: %s', async (host) => {
    const { port } = new URL(origin)
    const request = read(`http://${host}:${port}/x`, { trustedOrigin: false })
    expect(await thrownBy(send(request))).toMatchObject({ code: 'policy/address-not-allowed' })
    expect(requests).toBe(0)
  })
})

test('an answer that means 429 is repeated after the wait that it names', async () => {
  answer = (_, response) => {
    if (requests === 1) response.writeHead(403, { 'x-wait': '0' }).end('slow down')
    else response.end('fine')
  }
  const readRateLimit: SendOptions['readRateLimit'] = ({ status, body }) =>
    status === 403 && body.includes('slow down') ? { retryAfterMs: 0 } : undefined
  const found = await send(read(`${origin}/x`), { readRateLimit })
  expect([found.text, found.attempts]).toEqual(['fine', 2])
})
