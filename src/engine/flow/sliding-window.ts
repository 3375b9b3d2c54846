/** Beyond as many, neighbours in time are counted as one entry: memory stays small, and the bound is kept more than strictly. */
const exactEntries = 256

interface Entry {
  readonly firstMs: number
  lastMs: number
  count: number
}

/** At most `most` requests within any `windowMs`, wherever it begins. */
export class SlidingWindow {
  readonly most: number
  readonly windowMs: number
  #entries: Entry[] = []
  #head = 0
  #count = 0

  constructor(most: number, windowMs: number) {
    this.most = most
    this.windowMs = windowMs
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
      if (count < this.most) return entry.lastMs + this.windowMs
    }
  }

  take(nowMs: number): void {
    this.#forget(nowMs)
    this.#count += 1
    const last = this.#entries.at(-1)
    const grain = this.most <= exactEntries ? 0 : this.windowMs / exactEntries
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
      if (entry === undefined || entry.lastMs + this.windowMs > nowMs) break
      this.#count -= entry.count
      this.#head += 1
    }
    if (this.#head > 32 && this.#head * 2 > this.#entries.length) {
      this.#entries = this.#entries.slice(this.#head)
      this.#head = 0
    }
  }
}
