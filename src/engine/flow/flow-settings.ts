import type { Clock } from '../../transport/index.ts'
import type { CircuitSettings } from './circuit-breaker.ts'
import type { CircuitChange } from './flow-caller.ts'
import type { RetryBudgetSettings } from './retry-budget.ts'

/** Bounds of a flow beside those that definitions declare. */
export interface FlowSettings {
  /** Requests of one account at a time; 50 by default. */
  readonly mostPerAccount?: number | undefined
  /** Requests at a time altogether; 256 by default. */
  readonly mostAtATime?: number | undefined
  /** Requests to one provider at a time; half of `mostAtATime` by default, so that a slow one leaves room for others. */
  readonly mostPerProvider?: number | undefined
  /** Longest wait for a turn, in milliseconds; as long as the call has by default. Refused with `call/queue-full`. */
  readonly longestWaitMs?: number | undefined
  /**
   * Processes that send for the same accounts, each with a flow that says so: each takes its part of the limits that
   * definitions declare. 1 by default.
   */
  readonly processes?: number | undefined
  /** Requests of one account that may wait; 1,000 by default. Further ones are refused with `call/queue-full`. */
  readonly mostWaitingPerAccount?: number | undefined
  /** Requests that may wait altogether; 10,000 by default. */
  readonly mostWaiting?: number | undefined
  readonly circuit?: Partial<CircuitSettings> | undefined
  readonly retries?: Partial<RetryBudgetSettings> | undefined
  /** Told once for each circuit that opens or closes. */
  readonly onCircuit?: ((change: CircuitChange) => void) | undefined
  readonly clock?: Clock | undefined
  /** In [0, 1). */
  readonly random?: (() => number) | undefined
}
