import { RestRefusal, type RestReply } from './rest-emulator.ts'

export interface CallLimits {
  /** Calls at once, after a rest. */
  readonly burst: number
  /** Calls that come back each second. */
  readonly perSecond: number
}

/** A bucket of calls for each caller, which fills again evenly. */
export class CallBudget {
  readonly #usual: CallLimits
  readonly #clock: () => Date
  readonly #refuse: (retryAfter: string) => RestReply
  readonly #buckets = new Map<string, { readonly left: number; readonly atMs: number }>()
  #limits: CallLimits

  /** @param refuse - the provider's words for a call too many; `Retry-After` in whole seconds */
  constructor(usual: CallLimits, clock: () => Date, refuse: (retryAfter: string) => RestReply) {
    this.#usual = usual
    this.#limits = usual
    this.#clock = clock
    this.#refuse = refuse
  }

  /** Counts a call. @throws {RestRefusal} nothing is left; a refused call costs nothing */
  take(caller: string): void {
    const { burst, perSecond } = this.#limits
    const atMs = this.#clock().getTime()
    const before = this.#buckets.get(caller) ?? { left: burst, atMs }
    const left = Math.min(burst, before.left + ((atMs - before.atMs) / 1000) * perSecond)
    const after = left < 1 ? left : left - 1
    this.#buckets.set(caller, { left: after, atMs })
    if (left < 1) throw new RestRefusal(this.#refuse(String(Math.ceil((1 - left) / perSecond))))
  }

  /** What holds from now on; buckets begin full. What is left out stays as it was. */
  limit(limits: Partial<CallLimits>): void {
    this.#limits = { ...this.#limits, ...limits }
    this.#buckets.clear()
  }

  /** As at the start. */
  reset(): void {
    this.#limits = this.#usual
    this.#buckets.clear()
  }
}
