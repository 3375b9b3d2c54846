import { SlidingWindow } from './sliding-window.ts'

/** Where a provider says 429 and names no wait: the first pause, which doubles with each further one. */
const firstPauseMs = 250
const longestUnaskedPauseMs = 8_000

/** One pool of an account: its rate, and the pause that the provider asked for. */
export class RatePool {
  readonly key: string
  readonly window: SlidingWindow | undefined
  pausedUntilMs = Number.NEGATIVE_INFINITY
  #strikes = 0

  /** @param perSecond - undefined is no bound; below one, a request every so many seconds */
  constructor(key: string, perSecond: number | undefined) {
    this.key = key
    this.window =
      perSecond === undefined
        ? undefined
        : new SlidingWindow(Math.max(1, Math.floor(perSecond)), 1000 / Math.min(1, perSecond))
  }

  /** The provider says "too many requests". A pause never ends earlier than was said before. */
  pause(nowMs: number, retryAfterMs: number | undefined): void {
    const unaskedMs = Math.min(firstPauseMs * 2 ** this.#strikes, longestUnaskedPauseMs)
    this.#strikes = Math.min(this.#strikes + 1, 10)
    this.pausedUntilMs = Math.max(this.pausedUntilMs, nowMs + (retryAfterMs ?? unaskedMs))
  }

  /** The provider takes requests. */
  relax(): void {
    this.#strikes = 0
  }
}
