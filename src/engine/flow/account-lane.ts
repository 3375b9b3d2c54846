import type { LimitsPlan, PoolLimit } from '../../plan/index.ts'
import type { WaitReason } from '../../transport/index.ts'
import { RatePool } from './rate-pool.ts'
import { SlidingWindow } from './sliding-window.ts'
import { Slots } from './slots.ts'

/** What one request takes of the bounds of its account, and of those that accounts share. */
export interface Needs {
  readonly rate: RatePool
  readonly slots: Slots
  readonly budgets: readonly SlidingWindow[]
  readonly shared: readonly SlidingWindow[]
  /** Of the provider, over all its accounts. */
  readonly provider: Slots
}

/** A request that waits for its turn. */
export interface Ticket {
  readonly needs: Needs
  /** Requests of one line keep their order; lines take turns. */
  readonly line: string
  /** From this moment the pools of the account do not hold it any more, as in the original. */
  readonly overdueAtMs: number
  waitedFor: WaitReason
  admit(): void
  refuse(error: unknown): void
}

interface Matched<Item> {
  readonly pattern: string | undefined
  readonly item: Item
}

/** The bounds of one account, and the requests that wait for them. Keeps no time and calls nobody. */
export class AccountLane {
  readonly slots: Slots
  running = 0
  waiting = 0
  /** In the order in which they are served: the line that was served last stands last. */
  readonly #lines = new Map<string, Set<Ticket>>()
  #fingerprint = ''
  #rates: readonly Matched<RatePool>[] = []
  #concurrencies: readonly Matched<Slots>[] = []
  #budgets: readonly Matched<SlidingWindow>[] = []

  /** @param mostAtATime - over all pools */
  constructor(mostAtATime: number) {
    this.slots = new Slots(mostAtATime)
  }

  /** Takes the limits of the definition, unless they are those it has: a connector may be compiled anew. */
  adopt(limits: LimitsPlan): void {
    if (limits.fingerprint === this.#fingerprint) return
    this.#fingerprint = limits.fingerprint
    this.#rates = limits.rates.map((pool) => matched(pool, new RatePool(pool.key, pool.most)))
    this.#concurrencies = limits.concurrencies.map((pool) =>
      matched(pool, new Slots(pool.most ?? Number.POSITIVE_INFINITY)),
    )
    this.#budgets = limits.budgets
      .filter(({ per }) => per === 'account')
      .map((budget) => matched(budget, new SlidingWindow(budget.requests, budget.windowMs)))
  }

  needsOf(url: string, shared: readonly SlidingWindow[], provider: Slots): Needs {
    return {
      rate: firstFit(this.#rates, url),
      slots: firstFit(this.#concurrencies, url),
      budgets: this.#budgets.length === 0 ? none : allFits(this.#budgets, url),
      shared,
      provider,
    }
  }

  /** Pools that the provider has paused. */
  pauses(nowMs: number): readonly { readonly pool: string; readonly untilMs: number }[] {
    return this.#rates.flatMap(({ item: { key, pausedUntilMs } }) =>
      pausedUntilMs > nowMs ? [{ pool: key, untilMs: pausedUntilMs }] : [],
    )
  }

  /** Whether nothing is under way, waits, or is remembered that still bounds anything. */
  isIdle(nowMs: number): boolean {
    return (
      this.running === 0 &&
      this.waiting === 0 &&
      this.#rates.every(
        ({ item }) =>
          item.pausedUntilMs <= nowMs && (item.window === undefined || item.window.isEmpty(nowMs)),
      ) &&
      this.#budgets.every(({ item }) => item.isEmpty(nowMs))
    )
  }

  push(ticket: Ticket): void {
    const line = this.#lines.get(ticket.line)
    if (line === undefined) this.#lines.set(ticket.line, new Set([ticket]))
    else line.add(ticket)
    this.waiting += 1
  }

  /** Takes a ticket out; false where it is not waiting any more. */
  remove(ticket: Ticket): boolean {
    const line = this.#lines.get(ticket.line)
    if (line === undefined || !line.delete(ticket)) return false
    if (line.size === 0) this.#lines.delete(ticket.line)
    this.waiting -= 1
    return true
  }

  /** The first of each line, the line first that was served the longest ago. */
  *heads(): Iterable<Ticket> {
    for (const line of this.#lines.values())
      for (const ticket of line) {
        yield ticket
        break
      }
  }

  *all(): Iterable<Ticket> {
    for (const line of this.#lines.values()) yield* line
  }

  /** The line was served: the others come before it. */
  moveBack(key: string): void {
    const line = this.#lines.get(key)
    if (line === undefined) return
    this.#lines.delete(key)
    this.#lines.set(key, line)
  }
}

const none: readonly SlidingWindow[] = []

function matched<Item>({ pattern }: Pick<PoolLimit, 'pattern'>, item: Item): Matched<Item> {
  return { pattern, item }
}

function firstFit<Item>(pools: readonly Matched<Item>[], url: string): Item {
  const found = pools.find(({ pattern }) => pattern === undefined || url.includes(pattern))
  // The last pool of a plan has no pattern.
  return (found ?? (pools.at(-1) as Matched<Item>)).item
}

function allFits<Item>(pools: readonly Matched<Item>[], url: string): readonly Item[] {
  return pools.flatMap(({ pattern, item }) => (pattern === undefined || url.includes(pattern) ? [item] : []))
}
