import type { ExchangeEnd } from '../../transport/index.ts'
import type { Verdict } from './circuit-breaker.ts'

/** A call that gave its provider less time says nothing about it by running out of it. */
const fairTimeMs = 5_000

const brokenConnections: ReadonlySet<string> = new Set(['unreachable', 'untrusted', 'interrupted', 'cut'])

/**
 * What an exchange says about the provider. It fails where no connection is made, where one breaks, where no answer
 * comes in at least five seconds, and with every 5xx. Any other answer shows that it works, 4xx and 429 as well. What a
 * caller ends, and what is wrong with the request, says nothing.
 */
export function verdictOf(end: ExchangeEnd, durationMs: number): Verdict {
  if ('status' in end) return end.status >= 500 ? 'fails' : 'works'
  const { reason } = end.failure
  if (brokenConnections.has(reason)) return 'fails'
  return reason === 'cancelled' && end.timedOut && durationMs >= fairTimeMs ? 'fails' : 'unknown'
}
