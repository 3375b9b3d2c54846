/** Keeps the values used last, at most `size` of them; one being made is made once for all who wait for it. */
export class PlanCache<Value> {
  readonly #size: number
  readonly #values = new Map<string, Promise<Value>>()

  constructor(size: number) {
    this.#size = size
  }

  /** The value of a key; where making it fails, the next call tries again. */
  get(key: string, make: () => Promise<Value>): Promise<Value> {
    const known = this.#values.get(key)
    const value = known ?? make()
    // Insertion order is the order of use.
    this.#values.delete(key)
    this.#values.set(key, value)
    if (known === undefined) {
      value.catch(() => this.#values.get(key) === value && this.#values.delete(key))
      for (const [oldest] of this.#values) {
        if (this.#values.size <= this.#size) break
        this.#values.delete(oldest)
      }
    }
    return value
  }
}
