import type { FlowSettings } from '../../engine/index.ts'
import { withoutUndefined } from './without-undefined.ts'

/** What an operator may say about requests to providers. */
export interface FlowKeys {
  readonly processes?: number
  readonly callsAtATime?: number
  readonly callsPerProvider?: number
  readonly callsPerAccount?: number
  readonly callsWaiting?: number
  readonly callsWaitingPerAccount?: number
  readonly callWaitSeconds?: number
  readonly circuitFailures?: number
  readonly circuitSeconds?: number
  readonly circuitPauseSeconds?: number
}

/** The longest pause of a circuit, unless its first one is longer. */
const longestPauseMs = 120_000

/** The same as the engine is told. */
export function flowSettings(keys: FlowKeys): FlowSettings {
  const pauseMs = milliseconds(keys.circuitPauseSeconds)
  return withoutUndefined({
    processes: keys.processes,
    mostAtATime: keys.callsAtATime,
    mostPerProvider: keys.callsPerProvider,
    mostPerAccount: keys.callsPerAccount,
    mostWaiting: keys.callsWaiting,
    mostWaitingPerAccount: keys.callsWaitingPerAccount,
    longestWaitMs: milliseconds(keys.callWaitSeconds),
    circuit: withoutUndefined({
      failures: keys.circuitFailures,
      windowMs: milliseconds(keys.circuitSeconds),
      openMs: pauseMs,
      longestOpenMs: pauseMs === undefined ? undefined : Math.max(pauseMs, longestPauseMs),
    }),
  })
}

function milliseconds(seconds: number | undefined): number | undefined {
  return seconds === undefined ? undefined : seconds * 1_000
}
