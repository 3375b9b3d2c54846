import type { PreparedRequest } from '../http/index.ts'
import type { ExchangeFailure } from './http-client.ts'

/** Says when an exchange may begin, and hears how it ended. One stands before the exchanges of a call. */
export interface Gate {
  /**
   * Asked before every exchange, also those of later attempts and redirects. Gives a pass at once, or when it is the
   * turn of this exchange.
   *
   * @throws {MainspringError} the exchange is not to be made; nothing was sent
   */
  enter(request: PreparedRequest, patience: Patience): Pass | Promise<Pass>
  /** Whether one more attempt may follow a failed one; a yes counts as one. */
  mayRepeat(request: PreparedRequest): boolean
}

/** How long an exchange may wait for its turn. */
export interface Patience {
  /** Raised when the call is over: the wait ends, and nothing of it stays. */
  readonly signal: AbortSignal
  /** Milliseconds left for the whole call. */
  readonly remainingMs: number
  /** The longest pause of the provider that is waited for, in milliseconds. */
  readonly longestPauseMs: number
  /** From 1. */
  readonly attempt: number
}

/** The leave to make one exchange. */
export interface Pass {
  /** What the turn depended on; undefined where nothing held it back. */
  readonly waitedFor?: WaitReason
  /** Called once, however the exchange ended. */
  leave(end: ExchangeEnd): void
}

/**
 * - `rate`: the declared budget of requests
 * - `pause`: the provider had asked to slow down
 * - `concurrency`: as many requests of the account are under way as may be
 * - `total`: as many requests are under way altogether as may be, or others were first
 */
export type WaitReason = 'rate' | 'pause' | 'concurrency' | 'total'

/** How an exchange ended, as far as it says something about the provider. */
export type ExchangeEnd =
  | {
      readonly status: number
      /** The answer means "too many requests". */
      readonly limited: boolean
      /** What the provider asked for, in milliseconds. */
      readonly retryAfterMs: number | undefined
    }
  | {
      readonly failure: ExchangeFailure
      /** The time of the call ran out; otherwise a cancelled exchange was ended by its caller. */
      readonly timedOut: boolean
    }

/** A gate does not let an exchange begin. Stays within the transport, which gives `error` or what came before. */
export class GateRefusal extends Error {
  readonly error: unknown

  constructor(error: unknown) {
    super('the exchange is not to be made')
    this.error = error
  }
}
