/** Twelfths of a run, each with a look at the heap at its end. */
export const parts = 12

/** How the heap of this process goes on while something runs for long. @throws {Error} without `--expose-gc` */
export class HeapGrowth {
  readonly #collect: () => void
  readonly #megabytes: number[] = []

  constructor() {
    const collect = (globalThis as { gc?: () => void }).gc
    if (collect === undefined) throw new Error('Start it with --expose-gc')
    this.#collect = collect
  }

  get looks(): number {
    return this.#megabytes.length
  }

  look(): void {
    this.#collect()
    this.#collect()
    this.#megabytes.push(process.memoryUsage().heapUsed / 1e6)
  }

  /** The last third beside the middle one: the first fills the caches; what is kept after it should not grow. */
  get ratio(): number {
    const third = parts / 3
    return mean(this.#megabytes.slice(-third)) / mean(this.#megabytes.slice(third, 2 * third))
  }

  lines(): readonly string[] {
    return [
      `heap after each twelfth, MB: ${this.#megabytes.map((value) => value.toFixed(1)).join(' ')}`,
      `last third to the middle third: ${this.ratio.toFixed(3)}`,
    ]
  }
}

function mean(list: readonly number[]): number {
  return list.reduce((sum, value) => sum + value, 0) / list.length
}
