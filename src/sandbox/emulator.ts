import type { IncomingHttpHeaders } from 'node:http'
import { judge, tokenOf } from './auth.ts'
import { Firm, type FirmCredentials } from './data/firm.ts'
import { Deliveries } from './deliveries.ts'
import type { FaultRule } from './faults/rule.ts'
import { FaultRules, type Strike } from './faults/rules.ts'
import type { PageFault } from './paging.ts'
import { QueryReader } from './query-reader.ts'
import { notFound, Refusal } from './refusal.ts'
import type { Reply } from './reply.ts'
import { parseBody } from './request-body.ts'
import { BoundedLog, masker, type OpenRecord, recordedBody, recordedQuery } from './request-log.ts'
import { Call, findRoute, type RouteSettings } from './routes/index.ts'
import type { Target } from './target.ts'

export interface EmulatorSettings extends RouteSettings {
  readonly seed: number
  readonly firms: number
  readonly people: number
  readonly faults: readonly FaultRule[]
  readonly clock: () => Date
}

/** A request that has been read to its end. */
export interface Incoming {
  readonly method: string
  readonly target: Target
  readonly headers: IncomingHttpHeaders
  /** A refusal where the body was too long to read. */
  readonly body: string | Refusal
}

/** The provider without its sockets: the firms, what was asked, and what goes wrong. */
export class Emulator {
  readonly settings: EmulatorSettings
  readonly credentials: readonly FirmCredentials[]
  readonly log = new BoundedLog<OpenRecord>()
  readonly deliveries = new Deliveries()
  readonly faults = new FaultRules()
  #firms: readonly Firm[]
  #requests = 0

  /** @throws {CliError} `cli/usage` for a rule that cannot be */
  constructor(settings: EmulatorSettings) {
    this.settings = settings
    this.faults.set(settings.faults)
    this.#firms = foundFirms(settings)
    this.credentials = this.#firms.map((firm) => firm.credentials)
  }

  get firms(): readonly Firm[] {
    return this.#firms
  }

  /** Everything as at the start, the rules included. */
  reset(): void {
    this.#firms = foundFirms(this.settings)
    this.#requests = 0
    this.faults.set(this.settings.faults)
    this.log.clear()
    this.deliveries.reset()
  }

  /** Notes a request, and the fault that strikes it. */
  open({ method, target, headers, body }: Incoming): { record: OpenRecord; strike: Strike | null } {
    this.#requests += 1
    const found = findRoute(method, target.segments?.slice(2) ?? [])
    const paged = !(found instanceof Refusal) && found.route.paged === true
    const path = target.path.replace(/^\/v3\.0\/[^/]*/, '')
    const strike = this.faults.strike({ method, path, paged })
    const mask = masker(this.#secrets(headers))
    const record: OpenRecord = {
      id: `sandbox-${this.#requests}`,
      at: this.settings.clock().toISOString(),
      method,
      path: mask(target.path),
      query: recordedQuery(target.query, mask),
      headers: Object.keys(headers),
      auth: 'not-checked',
      body: body instanceof Refusal ? null : recordedBody(body, mask),
      status: null,
      fault: strike?.fault.kind ?? null,
      ignored: [],
    }
    this.log.add(record)
    return { record, strike }
  }

  /** Carries a request out, completing its record. */
  carryOut(incoming: Incoming, record: OpenRecord, pageFault: PageFault): Reply {
    try {
      return this.#answer(incoming, record, pageFault)
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      return { status: error.status, headers: error.headers, body: { message: error.message } }
    }
  }

  #answer({ method, target, headers, body }: Incoming, record: OpenRecord, pageFault: PageFault): Reply {
    const { path, query, segments } = target
    if (!path.startsWith('/v3.0/')) throw notFound()
    if (segments === null) throw new Refusal(400, 'The path has a broken escape')
    const { authorization, 'x-api-key': serviceKey } = headers
    const presented = {
      authorization,
      serviceKey: Array.isArray(serviceKey) ? serviceKey.join() : serviceKey,
    }
    const { verdict, firm, refusal } = judge(this.#firms, segments[1] ?? '', presented)
    record.auth = verdict
    if (firm === undefined) throw refusal ?? notFound()
    const found = findRoute(method, segments.slice(2))
    if (found instanceof Refusal) throw found
    if (body instanceof Refusal) throw body
    const writes = method === 'POST' || method === 'PUT'
    const call = new Call({
      firm,
      params: found.params,
      query: new QueryReader(query),
      body: writes ? parseBody(body, headers['content-type']) : null,
      now: this.settings.clock().getTime(),
      settings: this.settings,
      pageFault,
    })
    const reply = found.route.handle(call)
    record.ignored = call.ignored()
    return reply
  }

  /** Whatever must not be remembered: all known credentials, and those presented just now. */
  #secrets({ authorization = '', 'x-api-key': serviceKey = '' }: IncomingHttpHeaders): readonly string[] {
    const known = this.credentials.flatMap((own) => [
      own.apiKey,
      own.apiSecret,
      own.firmServiceKey,
      tokenOf(own),
    ])
    return [...known, ...authorization.split(' ').slice(-1), ...[serviceKey].flat()]
  }
}

function foundFirms({ seed, firms, people }: EmulatorSettings): Firm[] {
  return Array.from({ length: firms }, (_, number) => new Firm(seed, number, people))
}
