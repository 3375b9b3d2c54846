/** The window of the first wait, and the widest one, in milliseconds. */
const firstWindowMs = 250
const widestWindowMs = 8_000

/** Statuses that say "not now". */
const repeatedStatuses: ReadonlySet<number> = new Set([408, 429, 500, 502, 503, 504])

/** Whether the same request may do better a little later. */
export function isRepeatedStatus(status: number): boolean {
  return repeatedStatuses.has(status)
}

/**
 * Milliseconds until the next attempt: full jitter over a doubling window, never less than the provider asked for
 * (`Retry-After`, RFC 9110 §10.2.3).
 *
 * @param attempt - failures so far, from 1
 * @param random - in [0, 1)
 * @param retryAfterMs - what the provider asked for
 * @throws {RangeError} `attempt` below 1
 */
export function nextDelay(attempt: number, random: number, retryAfterMs = 0): number {
  if (!(attempt >= 1)) throw new RangeError('Attempts count from 1.')
  const windowMs = Math.min(firstWindowMs * 2 ** (attempt - 1), widestWindowMs)
  return Math.max(Math.floor(random * windowMs), retryAfterMs)
}

/** How often the original runtime sends a request again that was answered 429. */
export const originalRepeats = 5
const originalCapMs = 10_000

/** Milliseconds that the original waits: `Retry-After` up to ten seconds, else 2ⁿ seconds and up to a tenth more. */
export function nextOriginalDelay(attempt: number, random: number, retryAfterMs?: number): number {
  if (retryAfterMs !== undefined) return Math.min(retryAfterMs, originalCapMs)
  return Math.floor(2 ** attempt * 1000 * (1 + random / 10))
}
