const bucketCount = 30

/** Two counts over the time just past, in memory that does not grow. */
export class RecentCounts {
  readonly #bucketMs: number
  readonly #first = new Float64Array(bucketCount + 1)
  readonly #second = new Float64Array(bucketCount + 1)
  #newest = Number.NEGATIVE_INFINITY

  constructor(windowMs: number) {
    this.#bucketMs = windowMs / bucketCount
  }

  add(nowMs: number, first: number, second: number): void {
    const index = this.#moveTo(nowMs)
    this.#first[index] = (this.#first[index] ?? 0) + first
    this.#second[index] = (this.#second[index] ?? 0) + second
  }

  /** Of the first: what is surely within the window. Of the second: what may be. A share of them is never too small. */
  read(nowMs: number): { readonly first: number; readonly second: number } {
    const newest = this.#moveTo(nowMs)
    const oldest = (newest + 1) % (bucketCount + 1)
    let first = -(this.#first[oldest] ?? 0)
    let second = 0
    for (const count of this.#first) first += count
    for (const count of this.#second) second += count
    return { first, second }
  }

  clear(): void {
    this.#first.fill(0)
    this.#second.fill(0)
  }

  #moveTo(nowMs: number): number {
    const bucket = Math.floor(nowMs / this.#bucketMs)
    const from = Math.max(this.#newest + 1, bucket - bucketCount)
    for (let passed = from; passed <= bucket; passed++) {
      this.#first[passed % (bucketCount + 1)] = 0
      this.#second[passed % (bucketCount + 1)] = 0
    }
    this.#newest = Math.max(this.#newest, bucket)
    return this.#newest % (bucketCount + 1)
  }
}
