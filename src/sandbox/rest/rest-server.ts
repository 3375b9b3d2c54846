import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { CliError } from '../../errors/index.ts'
import { checkFaultRule } from '../faults/check.ts'
import { parseFault } from '../faults/parse.ts'
import { replyInstead } from '../faults/replies.ts'
import { type Fault, type FaultRule, listFaults } from '../faults/rule.ts'
import { FaultRules } from '../faults/rules.ts'
import { listen } from '../listen.ts'
import type { ProviderSandbox } from '../provider-sandbox.ts'
import { BoundedLog, masker, recordedBody, recordedQuery } from '../request-log.ts'
import { parseTarget } from '../target.ts'
import { type RestEmulator, RestRefusal, type RestReply, type RestRequest } from './rest-emulator.ts'

/** A request as the sandbox remembers it, without any credential. */
export interface RestRecord {
  readonly method: string
  readonly path: string
  readonly query: Readonly<Record<string, string | readonly string[]>>
  /** Names in lower case, in the order sent. */
  readonly headers: readonly string[]
  readonly body: unknown
  status: number | null
}

/** A running sandbox of a provider with a REST API. */
export interface RestSandbox extends ProviderSandbox {
  /** The newest requests, oldest first. */
  readonly requests: readonly RestRecord[]
  /** Replaces the rules. @throws {CliError} `cli/usage`, also for faults of Clockwork's listings */
  setFaults(rules: readonly FaultRule[]): void
  reset(): void
}

const maxBytes = 64 * 1024 * 1024

/** Serves an emulator on 127.0.0.1, with `/__sandbox/` beside it. @throws {CliError} `sandbox/port-in-use` */
export async function startRestSandbox(
  about: Pick<ProviderSandbox, 'connector' | 'title' | 'credentials' | 'setup'>,
  emulator: RestEmulator,
  { port }: { readonly port: number },
): Promise<RestSandbox> {
  const log = new BoundedLog<RestRecord>()
  const faults = new FaultRules()
  const ending = new AbortController()
  const setFaults = (rules: readonly FaultRule[]) => {
    const listing = rules.find(({ fault }) => listFaults.has(fault.kind))
    if (listing !== undefined)
      throw new CliError('cli/usage', {
        message: `The sandbox of ${about.title} has no ${listing.fault.kind}.`,
      })
    faults.set(rules)
  }
  const reset = () => {
    emulator.reset()
    faults.set([])
    log.clear()
  }
  const controls: Readonly<Record<string, (body: unknown) => unknown>> = {
    'GET info': () => ({ sandbox: about.connector, version: 1, ...about }),
    'GET requests': () => ({ requests: log.entries }),
    'POST reset': reset,
    'POST faults': (body) => {
      if (!Array.isArray(body)) throw new CliError('cli/usage', { message: 'The body is a list of rules.' })
      setFaults(body.map((rule) => (typeof rule === 'string' ? parseFault(rule) : checkFaultRule(rule))))
    },
    ...Object.fromEntries(Object.entries(emulator.controls).map(([name, run]) => [`POST ${name}`, run])),
  }

  async function serve(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await readAll(incoming)
    if (body === null) return
    const { path, query, segments } = parseTarget(incoming.url ?? '/')
    const method = incoming.method ?? ''
    if (segments?.[0] === '__sandbox')
      return send(response, control(controls[`${method} ${segments.slice(1).join('/')}`], incoming, body))
    const presented = (incoming.headers.authorization ?? '').split(' ').slice(-1)
    const mask = masker([...emulator.secrets(), ...presented])
    const json = /json|form-urlencoded/.test(incoming.headers['content-type'] ?? '')
    const record: RestRecord = {
      method,
      path: mask(path),
      query: recordedQuery(query, mask),
      headers: Object.keys(incoming.headers),
      body: json
        ? recordedBody(body.toString('utf8'), mask)
        : body.length === 0
          ? null
          : `(${body.length} bytes)`,
      status: null,
    }
    log.add(record)
    const fault = faults.strike({ method, path, paged: false })?.fault
    if (fault?.kind === 'drop-before') return void response.destroy()
    if (fault?.kind === 'delay') await sleep(fault.ms, undefined, { signal: ending.signal })
    const request = { method, path, segments: segments ?? [], query, headers: incoming.headers, body }
    // What is answered otherwise is not carried out.
    let reply = (fault === undefined ? undefined : insteadOf(fault, emulator)) ?? answer(emulator, request)
    if (fault?.kind === 'drop-after') return void response.destroy()
    if (fault?.kind === 'invalid-body')
      reply = { status: reply.status, text: fault.body ?? '<html>Service</html>' }
    record.status = reply.status
    send(response, reply, fault?.kind === 'cut-body')
  }

  const server = createServer((request, response) => {
    serve(request, response).catch(() => response.destroy())
  })
  // An idle connection that closes under a client looks like a fault that nobody asked for.
  server.keepAliveTimeout = 60_000
  const bound = await listen(server, port)
  let closed: Promise<void> | undefined
  return {
    ...about,
    origin: `http://127.0.0.1:${bound}`,
    requests: log.entries,
    setFaults,
    reset,
    close() {
      closed ??= new Promise((resolve) => {
        ending.abort()
        server.close(() => resolve())
        server.closeAllConnections()
      })
      return closed
    },
  }
}

function answer(emulator: RestEmulator, request: RestRequest): RestReply {
  try {
    return emulator.handle(request)
  } catch (error) {
    if (error instanceof RestRefusal) return error.reply
    throw error
  }
}

function insteadOf(fault: Fault, emulator: RestEmulator): RestReply | undefined {
  if (fault.kind === 'rate-limit')
    return emulator.rateLimited(fault.retryAfter === null ? null : String(fault.retryAfter ?? 1))
  const reply = replyInstead(fault)
  if (reply === null) return undefined
  const { status, headers = {}, body, text } = reply
  return { status, headers, ...(text === undefined ? { json: body } : { text }) }
}

/** A page in a browser could otherwise reach it through a name of its own that means 127.0.0.1. */
function control(
  run: ((body: unknown) => unknown) | undefined,
  { headers }: IncomingMessage,
  body: Buffer,
): RestReply {
  if (!/^(127(\.\d{1,3}){3}|localhost|\[::1\])(:\d+)?$/.test(headers.host ?? ''))
    return { status: 403, json: {} }
  if (run === undefined) return { status: 404, json: { message: 'Not Found' } }
  try {
    const text = body.toString('utf8')
    return { status: 200, json: run(text === '' ? undefined : JSON.parse(text)) ?? {} }
  } catch (error) {
    return { status: 400, json: { message: error instanceof Error ? error.message : 'Refused' } }
  }
}

async function readAll(request: IncomingMessage): Promise<Buffer | null> {
  const chunks: Buffer[] = []
  let bytes = 0
  try {
    for await (const chunk of request as AsyncIterable<Buffer>) {
      bytes += chunk.length
      if (bytes > maxBytes) return null
      chunks.push(chunk)
    }
  } catch {
    return null
  }
  return Buffer.concat(chunks)
}

function send(
  response: ServerResponse,
  { status, headers, json, text, bytes }: RestReply,
  cut = false,
): void {
  const content = bytes ?? Buffer.from(text ?? (json === undefined ? '' : JSON.stringify(json)))
  const type =
    bytes !== undefined
      ? 'application/octet-stream'
      : text === undefined
        ? 'application/json'
        : 'text/plain; charset=utf-8'
  response.writeHead(status, { 'content-type': type, 'content-length': content.length, ...headers })
  if (cut) response.write(content.subarray(0, content.length >> 1), () => response.destroy())
  else response.end(content)
}
