import http from 'node:http'
import https from 'node:https'
import type { LookupFunction } from 'node:net'
import got, { type OptionsInit } from 'got'
import { isStreamed, type PreparedRequest } from '../http/index.ts'
import { type AddressGuard, createAddressGuard } from './address-guard.ts'
import { describeFailure } from './describe-failure.ts'
import {
  type BodySink,
  type Exchange,
  type ExchangeControl,
  ExchangeFailure,
  type HttpClient,
} from './http-client.ts'
import { type CheckedRules, checkRules, type NetworkRules } from './network-rules.ts'
import { RequestSource, type SourceFailure } from './request-source.ts'

export interface GotClientParts {
  readonly dnsLookup?: LookupFunction | undefined
  /** PEM certificates to trust in place of the well-known ones. */
  readonly certificateAuthority?: string | undefined
  /** What may be reached beside the public internet: nothing by default. */
  readonly network?: NetworkRules | undefined
}

// Below the idle time of common servers: a write on a connection that the server is just closing has an unknown fate.
const idleMs = 4_000
/** Of the head of an answer. */
const headerBytes = 64 * 1024

/** An HTTP/1.1 client over got: only its stream, which costs less than its promise and lets the body be counted as it comes. */
export function createGotClient({
  dnsLookup,
  certificateAuthority,
  network,
}: GotClientParts = {}): HttpClient {
  // Options of an agent win over those got passes with a request.
  const agentOptions = {
    keepAlive: true,
    maxSockets: 128,
    maxFreeSockets: 32,
    timeout: idleMs,
    ...(dnsLookup && { lookup: dnsLookup }),
  }
  const createAgents = (options: http.AgentOptions) => ({
    http: new http.Agent(options),
    https: new https.Agent({
      ...options,
      rejectUnauthorized: true,
      ...(certificateAuthority !== undefined && { ca: certificateAuthority }),
    }),
  })
  const agent = createAgents(agentOptions)
  const rules = checkRules(network ?? {})
  const guard = createAddressGuard(rules, dnsLookup)
  // Apart from the others: a connection that was made without the guard must not be taken up by a guarded request.
  const guarded = createAgents({ ...agentOptions, lookup: guard.lookup })
  const border = { guard, rules }
  const instance = got.extend({
    agent,
    http2: false,
    // Got copies these lists for every request, though it never repeats one.
    retry: { limit: 0, methods: [], statusCodes: [], errorCodes: [] },
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
        const options = gotOptions(request)
        if (request.trustedOrigin !== true) options.agent = guarded
        const start = (source?: RequestSource) =>
          receive(instance.stream(request.url, options), request, control, resolve, reject, source)
        if (request.trustedOrigin === true && !isStreamed(request.body)) start()
        else prepare(request, control, border, start).catch(reject)
      }),
    close() {
      for (const { http, https } of [agent, guarded]) {
        http.destroy()
        https.destroy()
      }
    },
  }
}

function gotOptions(request: PreparedRequest): OptionsInit {
  const { method, headers, body, clientCertificate } = request
  if (clientCertificate !== undefined) {
    const { clientCertificate: _known, ...plain } = request
    const { certificates, keys } = clientCertificate
    // The agent keeps connections of different certificates apart.
    return { ...gotOptions(plain), https: { certificate: [...certificates], key: [...keys] } }
  }
  if (body === undefined) return { method, headers }
  if (isStreamed(body)) {
    const length = body.bytes === undefined ? {} : { 'content-length': String(body.bytes) }
    return { method, headers: { ...headers, ...length } }
  }
  return { method, headers, body, allowGetBody: method === 'GET' }
}

/** What has to be known before a connection is made. @throws {ExchangeFailure} */
async function prepare(
  request: PreparedRequest,
  { signal }: ExchangeControl,
  border: Border,
  start: (source?: RequestSource) => void,
): Promise<void> {
  if (request.trustedOrigin !== true) await checkBorder(request, border)
  if (signal.aborted) throw new ExchangeFailure('cancelled', false, 'the call was over')
  if (!isStreamed(request.body)) return start()
  const source = new RequestSource(request.body)
  let stop = () => {}
  const stopped = new Promise<void>((resolve) => {
    stop = () => {
      source.close()
      resolve()
    }
  })
  signal.addEventListener('abort', stop)
  try {
    await Promise.race([source.begin(), stopped])
  } catch (error) {
    source.close()
    throw new ExchangeFailure('source', false, (error as SourceFailure).message)
  } finally {
    signal.removeEventListener('abort', stop)
  }
  if (signal.aborted) throw new ExchangeFailure('cancelled', false, 'the call was over')
  start(source)
}

interface Border {
  readonly guard: AddressGuard
  readonly rules: CheckedRules
}

/** Names are judged when they are resolved, by the lookup of the agent. @throws {ExchangeFailure} */
async function checkBorder({ url, declaredPort }: PreparedRequest, { guard, rules }: Border): Promise<void> {
  const { hostname, port } = new URL(url)
  if (port !== '' && Number(port) !== declaredPort && !rules.allowsPort(Number(port)))
    throw new ExchangeFailure('forbidden', false, `port ${port} is not one that may be reached`)
  if (await guard.forbidsHost(hostname))
    throw new ExchangeFailure('forbidden', false, 'the address is not one of the public internet')
}

type GotStream = ReturnType<typeof got.stream>

function receive(
  stream: GotStream,
  request: PreparedRequest,
  { signal, limits, receive: chooseSink }: ExchangeControl,
  resolve: (exchange: Exchange) => void,
  reject: (failure: ExchangeFailure) => void,
  source: RequestSource | undefined,
): void {
  let settled = false
  let sent = false
  let connectTimer: NodeJS.Timeout | undefined
  let head: http.IncomingMessage | undefined
  const chunks: Buffer[] = []
  let bytes = 0
  let sink: BodySink | undefined
  let maxBytes = limits.bodyBytes

  const settle = () => {
    settled = true
    source?.close()
    clearTimeout(connectTimer)
    signal.removeEventListener('abort', onAbort)
  }
  const fail = (reason: ExchangeFailure['reason'], detail: string) => {
    if (settled) return
    settle()
    stream.destroy()
    reject(new ExchangeFailure(reason, sent, detail, head?.statusCode, sink !== undefined))
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
    // Who refuses a file does not want the rest of it.
    if (source !== undefined && !source.ended && (response.statusCode ?? 0) >= 300) source.close()
    if (chooseSink !== undefined && !openSink(chooseSink, response)) return
    // A compressed body has lost this header by now: it is counted as it comes.
    if (request.method !== 'HEAD' && Number(response.headers['content-length']) > maxBytes) tooLarge()
  })
  const openSink = (choose: NonNullable<typeof chooseSink>, response: http.IncomingMessage): boolean => {
    try {
      sink = choose({ status: response.statusCode ?? 0, headers: plainHeaders(response.headers) })
      maxBytes = sink?.maxBytes ?? maxBytes
    } catch {
      fail('sink', 'the place for the file could not be opened')
    }
    return !settled
  }
  const tooLarge = () => fail('too-large', `the body is larger than ${maxBytes} bytes`)
  const deliver = (to: BodySink, chunk: Buffer) => {
    stream.pause()
    to.write(chunk).then(
      () => {
        if (!settled) stream.resume()
      },
      () => fail('sink', 'the file could not be written'),
    )
  }
  stream.on('data', (chunk: Buffer) => {
    bytes += chunk.length
    if (bytes > maxBytes) tooLarge()
    else if (settled) return
    else if (sink === undefined) chunks.push(chunk)
    else deliver(sink, chunk)
  })
  stream.once('end', () => {
    if (settled) return
    if (head === undefined) {
      fail('interrupted', 'the connection ended without an answer')
      return
    }
    settle()
    // The connection still waits for the rest of the file, so nobody can use it again.
    if (source !== undefined && !source.ended) stream.destroy()
    const [first] = chunks
    const { statusCode: status = 0 } = head
    const headers = plainHeaders(head.headers)
    if (sink !== undefined) resolve({ status, headers, body: Buffer.alloc(0), delivered: bytes })
    else
      resolve({
        status,
        headers,
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
  if (source !== undefined)
    source.sendInto(stream).catch((error: SourceFailure) => fail('source', error.message))
  else if (request.body === undefined && request.method !== 'GET' && request.method !== 'HEAD') stream.end()
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
