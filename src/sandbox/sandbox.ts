import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { CliError } from '../errors/index.ts'
import { control, controlRoot } from './control.ts'
import type { FirmCredentials } from './data/firm.ts'
import type { RecordedDelivery } from './deliveries.ts'
import { Emulator, type Incoming } from './emulator.ts'
import { bendReply, replyInstead } from './faults/replies.ts'
import type { FaultRule } from './faults/rule.ts'
import { listen } from './listen.ts'
import type { PageFault } from './paging.ts'
import type { ProviderSandbox, SandboxProvider } from './provider-sandbox.ts'
import { readBody } from './request-body.ts'
import type { RecordedRequest } from './request-log.ts'
import type { Envelopes } from './routes/index.ts'
import { send } from './send.ts'
import { parseTarget } from './target.ts'

export interface SandboxOptions {
  /** 4100 if left out; 0 takes any free port. */
  readonly port?: number
  /** The same seed gives the same data; 1 if left out. */
  readonly seed?: number
  /** Firms, each with its own data and credentials: 1 to 100, 3 if left out. */
  readonly firms?: number
  /** People of each firm at the start: up to 1,000,000, 500 if left out. */
  readonly people?: number
  readonly faults?: readonly FaultRule[]
  /** `alternative` answers with the other envelopes that the evidence allows; `pattern` if left out. */
  readonly envelopes?: Envelopes
  /** Adds `meta.total` to `GET /people`. */
  readonly peopleMeta?: boolean
  /** Adds `meta.total` to the candidacies of a project. */
  readonly candidaciesMeta?: boolean
  readonly clock?: () => Date
}

/** A running emulator of the Clockwork API, on 127.0.0.1 alone. */
export interface Sandbox extends ProviderSandbox {
  readonly firms: readonly FirmCredentials[]
  /** The newest requests, oldest first; without credentials. */
  readonly requests: readonly RecordedRequest[]
  /** The newest webhook deliveries, oldest first. */
  readonly deliveries: readonly RecordedDelivery[]
  /** Replaces the rules. @throws {CliError} `cli/usage` for one that cannot be */
  setFaults(rules: readonly FaultRule[]): void
  /** Data, subscriptions, rules and logs as at the start. */
  reset(): void
}

const clockwork = { connector: 'clockwork', title: 'Clockwork Recruiting' } as const

/** Clockwork among the providers that can be emulated. */
export const clockworkProvider: SandboxProvider = {
  ...clockwork,
  usualPort: 4100,
  tuning: ['seed', 'firms', 'people', 'peopleMeta', 'faults'],
  start: startSandbox,
}

/**
 * Starts an emulator of the Clockwork Recruiting API v3.0 with invented data.
 *
 * @throws {CliError} `sandbox/port-in-use`; `cli/usage` for an option or rule that cannot be
 */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const emulator = new Emulator({
    seed: whole('seed', options.seed ?? 1, 0, 4_294_967_295),
    firms: whole('firms', options.firms ?? 3, 1, 100),
    people: whole('people', options.people ?? 500, 0, 1_000_000),
    faults: options.faults ?? [],
    envelopes: options.envelopes ?? 'pattern',
    peopleMeta: options.peopleMeta ?? false,
    candidaciesMeta: options.candidaciesMeta ?? false,
    clock: options.clock ?? (() => new Date()),
  })
  const ending = new AbortController()
  const server = createServer((request, response) => {
    serve(emulator, request, response, ending.signal).catch(() => response.destroy())
  })
  // An idle connection that closes under a client looks like a fault that nobody asked for.
  server.keepAliveTimeout = 60_000
  const port = await listen(server, whole('port', options.port ?? 4100, 0, 65_535))
  let closed: Promise<void> | null = null
  return {
    ...clockwork,
    credentials: { ...emulator.credentials[0] },
    setup: {},
    origin: `http://127.0.0.1:${port}`,
    firms: emulator.credentials,
    requests: emulator.log.entries,
    deliveries: emulator.deliveries.recorded,
    setFaults: (rules) => emulator.faults.set(rules),
    reset: () => emulator.reset(),
    close() {
      closed ??= new Promise((resolve) => {
        ending.abort()
        emulator.deliveries.reset()
        server.close(() => resolve())
        server.closeAllConnections()
      })
      return closed
    },
  }
}

function whole(name: string, value: number, least: number, most: number): number {
  if (Number.isInteger(value) && value >= least && value <= most) return value
  throw new CliError('cli/usage', { message: `The sandbox takes a ${name} from ${least} to ${most}.` })
}

async function serve(
  emulator: Emulator,
  request: IncomingMessage,
  response: ServerResponse,
  ending: AbortSignal,
): Promise<void> {
  const body = await readBody(request)
  if (body === null) return
  const target = parseTarget(request.url ?? '/')
  const incoming: Incoming = { method: request.method ?? '', target, headers: request.headers, body }
  if (target.segments?.[0] === controlRoot) {
    await send(response, await control(emulator, incoming), null, ending)
    return
  }
  const { record, strike } = emulator.open(incoming)
  const fault = strike?.fault ?? null
  response.setHeader('X-Request-Id', record.id)
  if (fault?.kind === 'drop-before') {
    response.destroy()
    return
  }
  if (fault?.kind === 'delay') await sleep(fault.ms, undefined, { signal: ending })
  const instead = fault === null ? null : replyInstead(fault)
  const own = instead ?? emulator.carryOut(incoming, record, pageFaultOf(fault?.kind))
  if (fault?.kind === 'drop-after') {
    response.destroy()
    return
  }
  const reply = strike === null ? own : bendReply(own, strike)
  record.status = reply.status
  await send(response, reply, fault, ending)
}

function pageFaultOf(kind: string | undefined): PageFault {
  return kind === 'offset-ignored' || kind === 'duplicate-page' ? kind : null
}
