import { setImmediate as turn } from 'node:timers/promises'

/** Numbers that look random and are the same for the same seed. */
export function createRandom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** Time that passes only when nobody has anything left to do. */
export class VirtualTime {
  nowMs = Date.parse('2026-01-02T00:00:00Z')
  #waiting: { readonly atMs: number; readonly order: number; readonly wake: () => void }[] = []
  #order = 0

  sleep(ms: number): Promise<void> {
    return new Promise((wake) => {
      this.#order += 1
      this.#waiting.push({ atMs: this.nowMs + Math.max(0, ms), order: this.#order, wake })
    })
  }

  /** Lets time pass until the work is done. @throws where nobody waits for anything, and it is not */
  async run<Value>(work: Promise<Value>): Promise<Value> {
    let settled = false
    const finish = () => {
      settled = true
    }
    work.then(finish, finish)
    for (let idle = 0; ; ) {
      const order = this.#order
      // What is under way goes on until all of it waits.
      for (let turns = 0; turns < 2 && !settled; turns += 1) await turn()
      if (settled) return work
      if (this.#order !== order) continue
      const next = this.#takeFirst()
      if (next === undefined) {
        idle += 1
        if (idle > 1_000) throw new Error('Everybody waits for ever')
        continue
      }
      idle = 0
      this.nowMs = next.atMs
      next.wake()
    }
  }

  #takeFirst() {
    const [first] = this.#waiting.sort((a, b) => a.atMs - b.atMs || a.order - b.order)
    if (first !== undefined) this.#waiting.shift()
    return first
  }
}
