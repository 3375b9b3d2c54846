import type { Clock } from '../../src/transport/index.ts'

interface Timer {
  readonly atMs: number
  readonly callback: () => void
}

/** A clock that stands still until it is moved, or jumps to each wait at once. */
export class FakeClock implements Clock {
  /** How long every timer was asked to run, in the order of asking. */
  readonly delays: number[] = []
  #nowMs: number
  readonly #timers = new Set<Timer>()
  readonly #waiting: (() => void)[] = []

  constructor(nowMs = Date.UTC(2030, 0, 1)) {
    this.#nowMs = nowMs
  }

  get pendingTimers(): number {
    return this.#timers.size
  }

  /** When the next timer is due; undefined where there is none. */
  get nextTimerMs(): number | undefined {
    let next: number | undefined
    for (const { atMs } of this.#timers) if (next === undefined || atMs < next) next = atMs
    return next
  }

  now(): number {
    return this.#nowMs
  }

  schedule(callback: () => void, delayMs: number): () => void {
    const timer = { atMs: this.#nowMs + delayMs, callback }
    this.#timers.add(timer)
    this.delays.push(delayMs)
    for (const resolve of this.#waiting.splice(0)) resolve()
    return () => this.#timers.delete(timer)
  }

  /** Moves on, calling back what is due. */
  advance(milliseconds: number): void {
    this.#nowMs += milliseconds
    for (const timer of [...this.#timers].sort((a, b) => a.atMs - b.atMs)) {
      if (timer.atMs > this.#nowMs || !this.#timers.delete(timer)) continue
      timer.callback()
    }
  }

  /** Resolves when `count` timers have been asked for. */
  async scheduled(count: number): Promise<void> {
    while (this.delays.length < count) await new Promise<void>((resolve) => this.#waiting.push(resolve))
  }
}
