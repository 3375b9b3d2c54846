import { RecentCounts } from './recent-counts.ts'

export interface CircuitSettings {
  /** Failures within the window that open the circuit … */
  readonly failures: number
  /** … where they are at least this share of all exchanges. */
  readonly share: number
  readonly windowMs: number
  /** How long it stays open before one request probes. Doubles with each probe that fails. */
  readonly openMs: number
  readonly longestOpenMs: number
}

export const defaultCircuit: CircuitSettings = {
  failures: 20,
  share: 0.5,
  windowMs: 30_000,
  openMs: 10_000,
  longestOpenMs: 120_000,
}

export type CircuitState = 'closed' | 'open' | 'half-open'

/** What an exchange says about the provider: that it works, that it does not, or nothing. */
export type Verdict = 'works' | 'fails' | 'unknown'

/** Stops asking a host that fails, and lets one request at a time find out whether it works again. */
export class CircuitBreaker {
  readonly #settings: CircuitSettings
  readonly #counts: RecentCounts
  #openMs: number
  #probesAtMs: number | undefined
  #probing = false

  constructor(settings: CircuitSettings = defaultCircuit) {
    this.#settings = settings
    this.#counts = new RecentCounts(settings.windowMs)
    this.#openMs = settings.openMs
  }

  state(nowMs: number): CircuitState {
    if (this.#probesAtMs === undefined) return 'closed'
    return nowMs < this.#probesAtMs ? 'open' : 'half-open'
  }

  /** Milliseconds after which asking again makes sense; undefined where a request may go now. */
  refusalMs(nowMs: number): number | undefined {
    if (this.#probesAtMs === undefined) return undefined
    if (nowMs < this.#probesAtMs) return this.#probesAtMs - nowMs
    return this.#probing ? this.#settings.openMs : undefined
  }

  /** A request goes that `refusalMs` had nothing against. Gives whether it is the probe. */
  enter(): boolean {
    if (this.#probesAtMs === undefined) return false
    this.#probing = true
    return true
  }

  /** @returns the new state where this exchange changed it */
  leave(verdict: Verdict, isProbe: boolean, nowMs: number): 'opened' | 'closed' | undefined {
    if (isProbe) return this.#endProbe(verdict, nowMs)
    // Begun before the circuit opened: it has been judged without it.
    if (this.#probesAtMs !== undefined || verdict === 'unknown') return undefined
    const failed = verdict === 'fails'
    this.#counts.add(nowMs, failed ? 1 : 0, 1)
    if (!failed) return undefined
    const { first: failures, second: all } = this.#counts.read(nowMs)
    const { failures: least, share } = this.#settings
    if (failures < least || failures < all * share) return undefined
    this.#openMs = this.#settings.openMs
    this.#probesAtMs = nowMs + this.#openMs
    return 'opened'
  }

  #endProbe(verdict: Verdict, nowMs: number): 'closed' | undefined {
    this.#probing = false
    if (verdict === 'works') {
      this.#probesAtMs = undefined
      this.#counts.clear()
      return 'closed'
    }
    if (verdict === 'fails') {
      this.#openMs = Math.min(this.#openMs * 2, this.#settings.longestOpenMs)
      this.#probesAtMs = nowMs + this.#openMs
    }
    return undefined
  }
}
