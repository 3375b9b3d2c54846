import type { LimitsPlan } from '../../plan/index.ts'

/** Where a circuit stands. No secrets. */
export interface CircuitPlace {
  readonly connector: string
  /** As the caller names it; absent where accounts are told apart by their credentials alone. */
  readonly account?: string
  readonly host: string
}

export interface CircuitChange extends CircuitPlace {
  readonly state: 'opened' | 'closed'
  /** Until a request probes, in milliseconds; of one that opened. */
  readonly retryAfterMs?: number
}

/** Who asks. */
export interface FlowCaller {
  readonly connector: string
  /** Replaces the address of the provider, so that it is another one. */
  readonly origin: string | undefined
  readonly limits: LimitsPlan
  /** Equal for equal accounts only; not shown. */
  readonly accountKey: string
  /** As the caller names it; shown. */
  readonly account: string | undefined
  /** Actions take turns. */
  readonly action: string
  /** "Too many requests" is about what it asks alone, such as tokens, and no reason to pause the calls of the account. */
  readonly pausesNobody?: boolean
  readonly onCircuit?: ((change: CircuitChange) => void) | undefined
}
