import type { PageParameters } from '../request/request-plan.ts'
import { castDatetime } from '../steps/casting/cast-datetime.ts'
import type { TimeFilter } from './sync-plan.ts'

const defaultSafetyBufferSeconds = 60
/** Unix seconds stay below this for three thousand years, and milliseconds are above it since 1973. */
const leastMilliseconds = 100_000_000_000

const written: Readonly<Record<string, (ms: number) => string | number>> = {
  iso8601: (ms) => new Date(ms).toISOString(),
  unix_seconds: (ms) => Math.floor(ms / 1000),
  unix_millis: (ms) => ms,
}

/** `incremental` of type `time_filter`. */
export function compileTimeFilter(
  part: Readonly<Record<string, unknown>>,
  place: (value: string | number) => PageParameters,
  readTime: ((row: unknown) => unknown) | undefined,
): TimeFilter {
  const write = written[String(part['format'])] ?? ((ms: number) => new Date(ms).toISOString())
  const buffer = part['safetyBufferSeconds']
  const bufferSeconds = typeof buffer === 'number' && buffer >= 0 ? buffer : defaultSafetyBufferSeconds
  return {
    type: 'time_filter',
    parameters: (sinceMs) => place(write(sinceMs)),
    safetyBufferMs: bufferSeconds * 1000,
    ...(readTime === undefined ? {} : { updatedAtMs: (row: unknown) => toMs(readTime(row)) }),
  }
}

function toMs(value: unknown): number | undefined {
  const number = typeof value === 'string' && /^\d{9,}$/.test(value) ? Number(value) : value
  if (typeof number === 'number') return number < leastMilliseconds ? number * 1000 : number
  const time = castDatetime(value)
  return time === null ? undefined : Date.parse(time)
}
