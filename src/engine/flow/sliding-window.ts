/** Beyond as many, neighbours in time are counted as one entry: memory stays small, and the bound is kept more than strictly. */
const exactEntries = 256

interface Entry {
  readonly firstMs: number
  lastMs: number
  count: number
}

/**
 * How much longer than declared a request is remembered: two requests may arrive at the provider closer together than
 * they were sent, and clocks count in whole milliseconds.
 */
const marginShare = 0.02
const leastMarginMs = 2
const mostMarginMs = 100

/** By how much the ways of two requests may differ in time without the provider counting too many. */
export function marginOf(windowMs: number): number {
  return Math.min(mostMarginMs, Math.max(leastMarginMs, windowMs * marginShare))
}

/** At most `most` requests within any `windowMs`, wherever it begins, as the provider counts them. */
export class SlidingWindow {
  readonly most: number
  /** The declared one and its margin. */
  readonly #heldMs: number
  #entries: Entry[] = []
  #head = 0
  #count = 0

  constructor(most: number, windowMs: number) {
    this.most = most
    this.#heldMs = windowMs + marginOf(windowMs)
  }

  /** The moment from which one more fits; `nowMs` where it fits already. */
  freeAtMs(nowMs: number): number {
    this.#forget(nowMs)
    let count = this.#count
    if (count < this.most) return nowMs
    // Requests that did not wait may have filled it beyond its bound.
    for (let index = this.#head; ; index++) {
      const entry = this.#entries[index]
      if (entry === undefined) return nowMs
      count -= entry.count
      if (count < this.most) return entry.lastMs + this.#heldMs
    }
  }

  take(nowMs: number): void {
    this.#forget(nowMs)
    this.#count += 1
    const last = this.#entries.at(-1)
    const grain = this.most <= exactEntries ? 0 : this.#heldMs / exactEntries
    if (last !== undefined && this.#head < this.#entries.length && nowMs - last.firstMs < grain) {
      last.lastMs = nowMs
      last.count += 1
    } else this.#entries.push({ firstMs: nowMs, lastMs: nowMs, count: 1 })
  }

  /** Whether nothing is remembered any more. */
  isEmpty(nowMs: number): boolean {
    this.#forget(nowMs)
    return this.#count === 0
  }

  #forget(nowMs: number): void {
    for (;;) {
      const entry = this.#entries[this.#head]
      if (entry === undefined || entry.lastMs + this.#heldMs > nowMs) break
      this.#count -= entry.count
      this.#head += 1
    }
    if (this.#head > 32 && this.#head * 2 > this.#entries.length) {
      this.#entries = this.#entries.slice(this.#head)
      this.#head = 0
    }
  }
}
