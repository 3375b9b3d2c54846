/**
 * A 32-bit hash of whole numbers. Every invented value comes from it, so that a record is made from its
 * index alone: nothing is kept, and row 900,000 costs what row 1 costs.
 */
export function hash(...parts: readonly number[]): number {
  let state = 0x2545f491
  for (const part of parts) {
    state = Math.imul(state ^ part, 0x9e3779b1)
    state = Math.imul(state ^ (state >>> 15), 0x85ebca6b)
    state ^= state >>> 13
  }
  return state >>> 0
}

/** A run of random choices that depends on its key only. */
export class Draws {
  readonly #key: number
  #count = 0

  constructor(...key: readonly number[]) {
    this.#key = hash(...key)
  }

  /** A whole number from 0 to `limit` - 1. */
  below(limit: number): number {
    this.#count += 1
    return hash(this.#key, this.#count) % limit
  }

  /** True `percent` times of a hundred. */
  chance(percent: number): boolean {
    return this.below(100) < percent
  }

  pick<T>(list: readonly T[]): T {
    return list[this.below(list.length)] as T
  }
}
