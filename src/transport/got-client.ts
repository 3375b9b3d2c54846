import http from 'node:http'
import https from 'node:https'
import type { LookupFunction } from 'node:net'
import got, { type OptionsInit } from 'got'
import type { PreparedRequest } from '../http/index.ts'
import { describeFailure } from './describe-failure.ts'
import { type Exchange, type ExchangeControl, ExchangeFailure, type HttpClient } from './http-client.ts'

export interface GotClientParts {
  readonly dnsLookup?: LookupFunction | undefined
  /** PEM certificates to trust in place of the well-known ones. */
  readonly certificateAuthority?: string | undefined
}

// Below the idle time of common servers: a write on a connection that the server is just closing has an unknown fate.
const idleMs = 4_000
/** Of the head of an answer. */
const headerBytes = 64 * 1024

/** An HTTP/1.1 client over got: only its stream, which costs less than its promise and lets the body be counted as it comes. */
export function createGotClient({ dnsLookup, certificateAuthority }: GotClientParts = {}): HttpClient {
  // Options of an agent win over those got passes with a request.
  const agentOptions = {
    keepAlive: true,
    maxSockets: 128,
    maxFreeSockets: 32,
    timeout: idleMs,
    ...(dnsLookup && { lookup: dnsLookup }),
  }
  const agent = {
    http: new http.Agent(agentOptions),
    https: new https.Agent({
      ...agentOptions,
      rejectUnauthorized: true,
      ...(certificateAuthority !== undefined && { ca: certificateAuthority }),
    }),
  }
  const instance = got.extend({
    agent,
    http2: false,
    retry: { limit: 0 },
    throwHttpErrors: false,
    followRedirect: false,
    // Not deflate: servers disagree about what it is.
    headers: { 'user-agent': 'mainspring', 'accept-encoding': 'gzip, br, zstd' },
    maxHeaderSize: headerBytes,
  })

  return {
    exchange: (request, control) =>
      new Promise((resolve, reject) => {
        if (control.signal.aborted) {
          reject(new ExchangeFailure('cancelled', false, 'the call was over'))
          return
        }
        const stream = instance.stream(request.url, gotOptions(request))
        receive(stream, request, control, resolve, reject)
      }),
    close() {
      agent.http.destroy()
      agent.https.destroy()
    },
  }
}

function gotOptions({ method, headers, body }: PreparedRequest): OptionsInit {
  if (body === undefined) return { method, headers }
  return { method, headers, body, allowGetBody: method === 'GET' }
}

type GotStream = ReturnType<typeof got.stream>

function receive(
  stream: GotStream,
  request: PreparedRequest,
  { signal, limits }: ExchangeControl,
  resolve: (exchange: Exchange) => void,
  reject: (failure: ExchangeFailure) => void,
): void {
  let settled = false
  let sent = false
  let connectTimer: NodeJS.Timeout | undefined
  let head: http.IncomingMessage | undefined
  const chunks: Buffer[] = []
  let bytes = 0

  const settle = () => {
    settled = true
    clearTimeout(connectTimer)
    signal.removeEventListener('abort', onAbort)
  }
  const fail = (reason: ExchangeFailure['reason'], detail: string) => {
    if (settled) return
    settle()
    stream.destroy()
    reject(new ExchangeFailure(reason, sent, detail, head?.statusCode))
  }
  const onAbort = () => fail('cancelled', 'the call was over')
  signal.addEventListener('abort', onAbort)

  stream.once('socket', (socket) => {
    if (settled) return
    if (!socket.connecting) {
      // A kept connection, unless the name could not be resolved and the socket is dead already.
      sent = !socket.destroyed
      return
    }
    connectTimer = setTimeout(() => {
      fail('unreachable', `no connection within ${limits.connectMs / 1000} s`)
    }, limits.connectMs)
    socket.once(request.url.startsWith('https:') ? 'secureConnect' : 'connect', () => {
      clearTimeout(connectTimer)
      sent = true
    })
  })
  stream.once('response', (response: http.IncomingMessage) => {
    head = response
    // A compressed body has lost this header by now: it is counted as it comes.
    if (request.method !== 'HEAD' && Number(response.headers['content-length']) > limits.bodyBytes) tooLarge()
  })
  const tooLarge = () => fail('too-large', `the body is larger than ${limits.bodyBytes} bytes`)
  stream.on('data', (chunk: Buffer) => {
    bytes += chunk.length
    if (bytes > limits.bodyBytes) tooLarge()
    else if (!settled) chunks.push(chunk)
  })
  stream.once('end', () => {
    if (settled) return
    if (head === undefined) {
      fail('interrupted', 'the connection ended without an answer')
      return
    }
    settle()
    const [first] = chunks
    resolve({
      status: head.statusCode ?? 0,
      headers: plainHeaders(head.headers),
      body: chunks.length === 1 && first ? first : Buffer.concat(chunks, bytes),
    })
  })
  // Got listens for it, so Node leaves the connection to whoever takes it up: nobody.
  stream.once('upgrade', () => fail('malformed', 'the server changed the protocol'))
  // The listener stays: got may report the end of a connection that is of no interest any more.
  stream.on('error', (error) => {
    const { reason, detail } = describeFailure(nodeCode(error), sent, head !== undefined)
    fail(reason, detail)
  })
  // Without a body in its options got waits for one to be written.
  if (request.body === undefined && request.method !== 'GET' && request.method !== 'HEAD') stream.end()
}

/** The code of the error beneath the one of got, whose own code may tell the phase only. */
function nodeCode(error: Error): string | undefined {
  const { cause, code } = error as { cause?: { code?: unknown } | undefined; code?: unknown }
  return [cause?.code, code].find((candidate) => typeof candidate === 'string') as string | undefined
}

function plainHeaders(headers: http.IncomingHttpHeaders): Record<string, string> {
  const plain: Record<string, string> = {}
  for (const name in headers) {
    const value = headers[name]
    if (value !== undefined) plain[name] = typeof value === 'string' ? value : value.join(', ')
  }
  return plain
}
