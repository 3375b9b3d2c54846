/** How many of the oldest are looked at before the bound is passed: what is in use is bounded elsewhere. */
const lookedAt = 32

/** Remembers values by key, and forgets the ones that were not used for the longest time, of those that may be forgotten. */
export class BoundedMap<Key, Value> {
  readonly #most: number
  readonly #mayForget: (value: Value) => boolean
  readonly #map = new Map<Key, Value>()
  #newest: Key | undefined

  constructor(most: number, mayForget: (value: Value) => boolean) {
    this.#most = most
    this.#mayForget = mayForget
  }

  get size(): number {
    return this.#map.size
  }

  /** The value of the key, made where there is none. */
  use(key: Key, make: () => Value): Value {
    const found = this.#map.get(key)
    if (found !== undefined) {
      if (key === this.#newest) return found
      this.#newest = key
      this.#map.delete(key)
      this.#map.set(key, found)
      return found
    }
    if (this.#map.size >= this.#most) this.#forgetOne()
    const made = make()
    this.#map.set(key, made)
    this.#newest = key
    return made
  }

  values(): IteratorObject<Value> {
    return this.#map.values()
  }

  #forgetOne(): void {
    let looked = 0
    for (const [key, value] of this.#map) {
      looked += 1
      if (this.#mayForget(value)) {
        this.#map.delete(key)
        return
      }
      if (looked >= lookedAt) return
    }
  }
}
