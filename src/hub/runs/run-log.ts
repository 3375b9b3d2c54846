import type { RunEvent } from '../../engine/index.ts'
import type { MainspringError } from '../../errors/index.ts'
import type { LoggedEvent } from '../store/index.ts'

/** Events kept of one run; later ones are counted. */
const maxEvents = 200
/** Characters kept of one header. */
const maxHeader = 300

/** Headers of answers that help to find a failure and tell nothing of anybody. */
const toldHeaders = /^(content-type|retry-after|.*(request-?id|correlation-?id|rate-?limit).*)$/

/**
 * Watches one run for the request log. Secrets are redacted already. What stays is kept for weeks, so that no value of
 * an input is in it: an address is kept as its template, and no body at all.
 */
export class RunLog {
  readonly events: LoggedEvent[] = []
  requests = 0
  method: string | null = null
  path: string | null = null
  /** Whether a request that writes was answered with success: the call must not look as if nothing had happened. */
  written = false
  #left = 0
  readonly #withValues: boolean

  /** @param withValues - for the eyes of whoever has typed them, and not to be stored */
  constructor(withValues = false) {
    this.#withValues = withValues
  }

  readonly observe = (event: RunEvent): void => {
    if (event.type === 'http') this.#watch(event.event)
    if (this.events.length < maxEvents)
      this.events.push(this.#withValues ? withValues(event) : withoutValues(event))
    else this.#left += 1
  }

  /** The events, and how many were left out. */
  told(): readonly LoggedEvent[] {
    if (this.#left === 0) return this.events
    return [...this.events, { type: 'left-out', atMs: this.events.at(-1)?.atMs ?? 0, count: this.#left }]
  }

  #watch(event: Extract<RunEvent, { type: 'http' }>['event']): void {
    if (event.type === 'request') {
      this.requests += 1
      this.method = event.method
      this.path = event.urlTemplate
    }
    const reads = event.method === 'GET' || event.method === 'HEAD' || event.method === 'OPTIONS'
    if (event.type === 'response' && !reads && event.status < 300) this.written = true
  }
}

/** A refusal may say "try again" only while nothing was written: clients repeat such calls by themselves. */
export function wasWritten(error: MainspringError, log: RunLog): boolean {
  return log.written || error.code === 'write/outcome-unknown'
}

function withValues(event: RunEvent): LoggedEvent {
  const { action: _, atMs, ...rest } = event
  const at = Math.round(atMs * 10) / 10
  return rest.type === 'http' ? { ...rest.event, step: rest.step, atMs: at } : { ...rest, atMs: at }
}

function withoutValues(event: RunEvent): LoggedEvent {
  const told = withValues(event)
  if (event.type === 'event') return { type: told.type, atMs: told.atMs, step: event.step }
  if (event.type !== 'http') return told
  const {
    url: _,
    headers: _headers,
    from: _from,
    to: _to,
    ...left
  } = told as LoggedEvent & Record<string, unknown>
  const { event: happened } = event
  return happened.type === 'response'
    ? { ...left, type: told.type, atMs: told.atMs, headers: usefulHeaders(happened.headers) }
    : { ...left, type: told.type, atMs: told.atMs }
}

function usefulHeaders(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      toldHeaders.test(name) ? [[name, value.slice(0, maxHeader)]] : [],
    ),
  )
}
