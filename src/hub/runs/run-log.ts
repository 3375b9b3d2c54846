import type { RunEvent } from '../../engine/index.ts'
import type { MainspringError } from '../../errors/index.ts'
import type { LoggedEvent } from '../store/index.ts'

/** Events kept of one run; later ones are counted. */
const maxEvents = 200
/** Characters kept of one header. */
const maxHeader = 300

/** Watches one run for the request log. What it sees is redacted already; it keeps no body and no input. */
export class RunLog {
  readonly events: LoggedEvent[] = []
  requests = 0
  method: string | null = null
  path: string | null = null
  /** Whether a request that writes was answered with success: the call must not look as if nothing had happened. */
  written = false
  #left = 0

  readonly observe = (event: RunEvent): void => {
    if (event.type === 'http') this.#watch(event.event)
    if (this.events.length < maxEvents) this.events.push(toLogged(event))
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

function toLogged(event: RunEvent): LoggedEvent {
  const { action: _, atMs, ...rest } = event
  const at = Math.round(atMs * 10) / 10
  if (rest.type !== 'http') return { ...rest, atMs: at }
  const { type, ...told } = rest.event
  const headers = 'headers' in told ? { headers: shortened(told.headers) } : {}
  return { ...told, ...headers, type, step: rest.step, atMs: at }
}

function shortened(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name,
      value.length > maxHeader ? `${value.slice(0, maxHeader)}…` : value,
    ]),
  )
}
