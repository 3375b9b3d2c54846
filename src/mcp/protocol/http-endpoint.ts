import { randomUUID } from 'node:crypto'
import { answerRequest } from './answer-request.ts'
import { checkEnvelope } from './check-envelope.ts'
import { createEventStream, type EventStream } from './event-stream.ts'
import {
  errorAnswer,
  type RpcAnswer,
  type RpcNotification,
  type RpcRequest,
  readMessage,
  rpcCodes,
} from './json-rpc.ts'
import type { McpService } from './mcp-service.ts'
import { callKey, RunningCalls } from './running-calls.ts'
import { claimedVersion, envelopeVersion, handshakeVersions } from './versions.ts'

/** One HTTP request, its body parsed. Header names in lower case. */
export interface McpHttpRequest {
  readonly method: string
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>
  readonly body: unknown
  /** Raised when the client goes away. */
  readonly signal: AbortSignal
}

export interface McpHttpAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  /** A whole body, or a stream of events where something is told before the result. */
  readonly body?: string | AsyncIterable<string>
}

/**
 * The streamable HTTP transport, without state: any process can serve any request. Plain JSON is answered unless a
 * progress report comes first. Session ids are given out only so that a client can cancel its own calls.
 */
export interface McpHttpEndpoint {
  handle(request: McpHttpRequest, service: McpService): Promise<McpHttpAnswer>
}

export function createHttpEndpoint(): McpHttpEndpoint {
  const running = new RunningCalls()
  return { handle: (request, service) => handle(request, service, running) }
}

async function handle(
  http: McpHttpRequest,
  service: McpService,
  running: RunningCalls,
): Promise<McpHttpAnswer> {
  if (http.method !== 'POST')
    return jsonAnswer(405, errorAnswer(null, rpcCodes.invalidRequest, 'Only POST is served here.'), {
      allow: 'POST',
    })
  const message = readMessage(http.body)
  switch (message.kind) {
    case 'invalid':
      return jsonAnswer(400, errorAnswer(message.id, rpcCodes.invalidRequest, message.why))
    case 'response':
      return { status: 202, headers: {} }
    case 'notification':
      takeNotification(message.notification, http, service, running)
      return { status: 202, headers: {} }
    case 'request':
      return serve(message.request, http, service, running)
  }
}

function takeNotification(
  { method, params }: RpcNotification,
  http: McpHttpRequest,
  { principal }: McpService,
  running: RunningCalls,
): void {
  const session = header(http, 'mcp-session-id')
  const { requestId } = params
  if (method !== 'notifications/cancelled' || session === undefined) return
  if (typeof requestId === 'string' || typeof requestId === 'number')
    running.cancel(callKey(principal, session, requestId))
}

async function serve(
  request: RpcRequest,
  http: McpHttpRequest,
  service: McpService,
  running: RunningCalls,
): Promise<McpHttpAnswer> {
  const named = header(http, 'mcp-protocol-version')
  const claimed = claimedVersion(request.params)
  if (claimed !== undefined || named === envelopeVersion) {
    const refusal = checkEnvelope(request, claimed, (name) => header(http, name))
    if (refusal !== undefined) return jsonAnswer(400, refusal)
    // In this revision a client cancels by going away.
    return run(
      request,
      http,
      (signal, notify) =>
        answerRequest(service, request, { era: 'envelope', signal, ...(notify && { notify }) }),
      running,
      undefined,
      http.signal,
    )
  }
  if (named !== undefined && !(handshakeVersions as readonly string[]).includes(named)) {
    const data = { supported: [envelopeVersion, ...handshakeVersions], requested: named }
    const why = `The protocol version ${named.slice(0, 40)} is not known here.`
    return jsonAnswer(400, errorAnswer(request.id, rpcCodes.invalidRequest, why, data))
  }
  const session = header(http, 'mcp-session-id')
  const key = session === undefined ? undefined : callKey(service.principal, session, request.id)
  const answer = await run(
    request,
    http,
    (signal, notify) =>
      answerRequest(service, request, { era: 'handshake', signal, ...(notify && { notify }) }),
    running,
    key,
    undefined,
  )
  return request.method === 'initialize'
    ? { ...answer, headers: { ...answer.headers, 'mcp-session-id': randomUUID() } }
    : answer
}

type Answering = (
  signal: AbortSignal,
  notify: ((notification: Readonly<Record<string, unknown>>) => void) | undefined,
) => Promise<RpcAnswer>

/** The answer as JSON; as a stream of events as soon as something is told before it. */
async function run(
  request: RpcRequest,
  http: McpHttpRequest,
  answering: Answering,
  running: RunningCalls,
  key: string | undefined,
  outer: AbortSignal | undefined,
): Promise<McpHttpAnswer> {
  if (!asksForProgress(request) || !acceptsEvents(http))
    return asJson(await running.during(key, outer, (signal) => answering(signal, undefined)))
  const stream = createEventStream()
  const answer = running.during(key, outer, (signal) => answering(signal, (event) => stream.push(event)))
  const first = await Promise.race([answer, stream.started])
  return first === undefined ? streamed(stream, answer) : asJson(first)
}

function streamed(stream: EventStream, answer: Promise<RpcAnswer>): McpHttpAnswer {
  answer.then((last) => stream.end(last))
  return {
    status: 200,
    headers: { 'content-type': 'text/event-stream', 'cache-control': 'no-store', 'x-accel-buffering': 'no' },
    body: stream.events,
  }
}

function asksForProgress({ method, params }: RpcRequest): boolean {
  const meta = params['_meta']
  return method === 'tools/call' && typeof meta === 'object' && meta !== null && 'progressToken' in meta
}

/** Clients that take JSON alone are served too, though the protocol asks them to take both. */
function acceptsEvents(http: McpHttpRequest): boolean {
  return header(http, 'accept')?.includes('text/event-stream') === true
}

function asJson(answer: RpcAnswer): McpHttpAnswer {
  return jsonAnswer(200, answer)
}

function jsonAnswer(
  status: number,
  answer: RpcAnswer,
  headers: Readonly<Record<string, string>> = {},
): McpHttpAnswer {
  return { status, headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(answer) }
}

function header({ headers }: McpHttpRequest, name: string): string | undefined {
  const value = headers[name]
  return typeof value === 'string' ? value : value?.[0]
}
