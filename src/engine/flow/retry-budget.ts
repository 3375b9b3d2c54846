import { RecentCounts } from './recent-counts.ts'

export interface RetryBudgetSettings {
  /** Retries for each call. */
  readonly share: number
  /** Retries that are always allowed within the window, so that a lone call may have its own. */
  readonly floor: number
  readonly windowMs: number
}

export const defaultRetryBudget: RetryBudgetSettings = { share: 0.2, floor: 10, windowMs: 60_000 }

/**
 * Bounds what repeating adds to the load of a provider that is in trouble already: retries are at most a share of the
 * calls of the time just past.
 */
export class RetryBudget {
  readonly #settings: RetryBudgetSettings
  readonly #counts: RecentCounts

  constructor(settings: RetryBudgetSettings = defaultRetryBudget) {
    this.#settings = settings
    this.#counts = new RecentCounts(settings.windowMs)
  }

  /** A call is made for the first time. */
  countCall(nowMs: number): void {
    this.#counts.add(nowMs, 1, 0)
  }

  /** Takes one retry; false where there is none to take. */
  takeRetry(nowMs: number): boolean {
    const { first: calls, second: retries } = this.#counts.read(nowMs)
    const { share, floor } = this.#settings
    if (retries >= Math.max(floor, Math.floor(calls * share))) return false
    this.#counts.add(nowMs, 0, 1)
    return true
  }
}
