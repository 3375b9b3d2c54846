import { isRecord } from '../../http/index.ts'
import { compilePath } from './compile-path.ts'

/** An answer as far as it tells whether it means "too many requests". */
export interface LimitedAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  /** Read only where the status fits. */
  readonly body: () => unknown
}

/** Whether an answer other than 429 means the same, and how long it asks to wait. */
export type RateLimitReader = (
  answer: LimitedAnswer,
  nowMs: number,
) => { readonly retryAfterMs: number | undefined } | undefined

/** Compiles `rateLimit.mappedRateLimitErrors`; undefined where there are none. */
export function compileRateLimitErrors(rateLimit: unknown): RateLimitReader | undefined {
  const list = isRecord(rateLimit) ? rateLimit['mappedRateLimitErrors'] : undefined
  const entries = (Array.isArray(list) ? list : []).filter(isRecord).map(compileEntry)
  if (entries.length === 0) return undefined
  return (answer, nowMs) => {
    for (const read of entries) {
      const found = read(answer, nowMs)
      if (found !== undefined) return found
    }
    return undefined
  }
}

function compileEntry(entry: Readonly<Record<string, unknown>>): RateLimitReader {
  const status = Number(entry['errorStatus'])
  const text = entry['errorMessage']
  const readMessage = compilePath(String(entry['errorMessagePath'] ?? 'message'))
  // Its name says path, and it is looked up among the headers of the answer, as the original does.
  const names = typeof entry['retryAfterPath'] === 'string' ? entry['retryAfterPath'].split(',') : []
  const headerNames = names.map((name) => name.trim().toLowerCase())
  const unit = String(entry['retryAfterUnit'] ?? 'seconds')
  const fixed = entry['retryAfterValue']
  return ({ status: received, headers, body }, nowMs) => {
    if (received !== status) return undefined
    if (typeof text === 'string') {
      const message = readMessage(body())
      if (typeof message !== 'string' || !message.includes(text)) return undefined
    }
    const waits = headerNames
      .map((name) => toWait(headers[name], unit, nowMs))
      .filter((wait) => wait !== undefined)
    // Where several budgets are counted, nothing tells which one ran out.
    return { retryAfterMs: waits.length === 0 ? toWait(fixed, unit, nowMs) : Math.max(...waits) }
  }
}

function toWait(value: unknown, unit: string, nowMs: number): number | undefined {
  if (value === undefined || value === null || value === '') return undefined
  if (unit === 'date') {
    const moment = momentOf(String(value))
    return Number.isNaN(moment) ? undefined : Math.max(0, moment - nowMs)
  }
  const amount = Number(value)
  if (!Number.isFinite(amount) || amount < 0) return undefined
  return unit === 'milliseconds' ? amount : amount * 1000
}

/** A date, or a count since the epoch: of milliseconds where seconds would lie in the far future. */
function momentOf(text: string): number {
  if (!/^\d{9,14}$/.test(text.trim())) return Date.parse(text)
  const count = Number(text)
  return count < 100_000_000_000 ? count * 1000 : count
}
