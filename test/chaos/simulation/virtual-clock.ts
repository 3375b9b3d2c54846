import type { Clock } from '../../../src/transport/index.ts'

interface Timer {
  readonly atMs: number
  readonly order: number
  readonly callback: () => void
}

/** Rounds of the event loop in which everything that does not wait for time has come to rest. */
const settlingRounds = 3

/** Time that goes on only when nothing is left to do at this moment: hours pass in milliseconds, always the same way. */
export class VirtualClock implements Clock {
  #nowMs = Date.UTC(2030, 0, 1)
  #order = 0
  readonly #timers = new Set<Timer>()

  now(): number {
    return this.#nowMs
  }

  schedule(callback: () => void, delayMs: number): () => void {
    const timer = { atMs: this.#nowMs + Math.max(0, delayMs), order: this.#order++, callback }
    this.#timers.add(timer)
    return () => this.#timers.delete(timer)
  }

  sleep(delayMs: number): Promise<void> {
    return new Promise((resolve) => this.schedule(resolve, delayMs))
  }

  /** Lets time pass until `work` has ended. @returns false where nothing was left that could ever end it */
  async runUntil(work: Promise<unknown>): Promise<boolean> {
    let ended = false
    work.then(
      () => {
        ended = true
      },
      () => {
        ended = true
      },
    )
    for (;;) {
      for (let round = 0; round < settlingRounds; round += 1) await new Promise(setImmediate)
      if (ended) return true
      const next = this.#next()
      if (next === undefined) return false
      this.#timers.delete(next)
      this.#nowMs = Math.max(this.#nowMs, next.atMs)
      next.callback()
    }
  }

  #next(): Timer | undefined {
    let first: Timer | undefined
    for (const timer of this.#timers)
      if (
        first === undefined ||
        timer.atMs < first.atMs ||
        (timer.atMs === first.atMs && timer.order < first.order)
      )
        first = timer
    return first
  }
}
