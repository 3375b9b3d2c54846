import type { Clock } from './clock.ts'
import { ExchangeFailure } from './http-client.ts'

/** Why a call was ended before it was complete. */
export type EndReason = 'timeout' | 'aborted' | 'closed'

/** The life of one call: its deadline, the signal of its caller, and the waits between attempts. */
export class Call {
  /** Why the call was ended; undefined while it lives. */
  endReason: EndReason | undefined
  readonly #clock: Clock
  readonly #controller = new AbortController()
  readonly #deadlineMs: number
  readonly #cancelTimer: () => void
  readonly #callerSignal: AbortSignal | undefined
  readonly #onAbort = () => this.end('aborted')

  constructor(clock: Clock, timeoutMs: number, callerSignal: AbortSignal | undefined) {
    this.#clock = clock
    this.#deadlineMs = clock.now() + timeoutMs
    this.#callerSignal = callerSignal
    this.#cancelTimer = clock.schedule(() => this.end('timeout'), timeoutMs)
    if (callerSignal?.aborted) this.end('aborted')
    else callerSignal?.addEventListener('abort', this.#onAbort)
  }

  /** Raised when the call ends early. */
  get signal(): AbortSignal {
    return this.#controller.signal
  }

  get remainingMs(): number {
    return this.#deadlineMs - this.#clock.now()
  }

  /** Ends the call early; the first reason stays. */
  end(reason: EndReason): void {
    if (this.endReason !== undefined) return
    this.endReason = reason
    this.#controller.abort()
  }

  /** Waits; gives a `cancelled` failure as soon as the call ends. */
  async wait(delayMs: number): Promise<ExchangeFailure | undefined> {
    const { signal } = this
    await new Promise<void>((resolve) => {
      if (signal.aborted) return resolve()
      const finish = () => {
        cancel()
        signal.removeEventListener('abort', finish)
        resolve()
      }
      const cancel = this.#clock.schedule(finish, delayMs)
      signal.addEventListener('abort', finish)
    })
    return signal.aborted ? new ExchangeFailure('cancelled', false, 'the call was over') : undefined
  }

  /** Lets go of timer and signal. */
  release(): void {
    this.#cancelTimer()
    this.#callerSignal?.removeEventListener('abort', this.#onAbort)
  }
}
