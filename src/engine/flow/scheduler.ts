import type { Clock } from '../../transport/index.ts'
import type { AccountLane, Needs, Ticket } from './account-lane.ts'
import { giveBack, readinessOf, sharedFreeAtMs, take } from './readiness.ts'
import { Slots } from './slots.ts'

/**
 * Gives turns: a request goes when all that it needs is there at once, so that none holds one thing while it waits for
 * another. Requests of a line keep their order, the lines of an account take turns, and so do accounts.
 */
export class Scheduler {
  readonly total: Slots
  waiting = 0
  readonly #clock: Clock
  /** Accounts with a request that only what is shared holds back; the one served last stands last. */
  readonly #ring = new Set<AccountLane>()
  readonly #timers = new Map<AccountLane, { readonly atMs: number; readonly cancel: () => void }>()
  #sharedTimer: { readonly atMs: number; readonly cancel: () => void } | undefined

  constructor(clock: Clock, mostAtATime: number) {
    this.#clock = clock
    this.total = new Slots(mostAtATime)
  }

  /** Lets a request go at once where nobody waits before it and nothing holds it. */
  tryNow(lane: AccountLane, needs: Needs, nowMs: number): boolean {
    if (lane.waiting > 0 || this.#ring.size > 0 || !this.total.isFree) return false
    if (readinessOf(lane, needs, nowMs).atMs > nowMs || sharedFreeAtMs(needs, nowMs) > nowMs) return false
    this.#take(lane, needs, nowMs)
    return true
  }

  /** Puts a request in line; `ticket.admit` is called when its turn comes, which may be within this call. */
  wait(lane: AccountLane, ticket: Ticket, nowMs: number): void {
    lane.push(ticket)
    this.waiting += 1
    this.#ring.add(lane)
    this.#turn(nowMs)
  }

  /** Takes a ticket out of its line; false where its turn has come already. */
  remove(lane: AccountLane, ticket: Ticket): boolean {
    if (!lane.remove(ticket)) return false
    this.waiting -= 1
    // It may have stood before others that can go.
    if (lane.waiting > 0) this.#ring.add(lane)
    else this.#forget(lane)
    this.#turn(this.#clock.now())
    return true
  }

  /** A request is over: somebody else may go. */
  giveBack(lane: AccountLane, needs: Needs, nowMs: number): void {
    giveBack(lane, needs)
    this.total.taken -= 1
    if (lane.waiting > 0) this.#ring.add(lane)
    if (this.#ring.size > 0) this.#turn(nowMs)
  }

  #take(lane: AccountLane, needs: Needs, nowMs: number): void {
    take(lane, needs, nowMs)
    this.total.taken += 1
  }

  #turn(nowMs: number): void {
    let sharedAtMs = Number.POSITIVE_INFINITY
    // A lane that was served is put last and met again, until it or what is shared has no more to give.
    for (const lane of this.#ring) {
      if (!this.total.isFree) break
      const met = this.#serve(lane, nowMs)
      if (met.served) {
        this.#ring.delete(lane)
        if (lane.waiting > 0) this.#ring.add(lane)
        else this.#forget(lane)
      } else if (!met.sharedHolds) this.#ring.delete(lane)
      else sharedAtMs = Math.min(sharedAtMs, met.sharedAtMs)
      if (!met.served) this.#wakeLane(lane, met.ownAtMs)
    }
    this.#wakeAll(sharedAtMs)
  }

  /** Lets one request of the account go, of the line that was served the longest ago. */
  #serve(lane: AccountLane, nowMs: number) {
    let ownAtMs = Number.POSITIVE_INFINITY
    let sharedAtMs = Number.POSITIVE_INFINITY
    let sharedHolds = false
    for (const ticket of lane.heads()) {
      const { needs } = ticket
      const own = readinessOf(lane, needs, nowMs, ticket.overdueAtMs)
      if (own.atMs > nowMs) {
        ownAtMs = Math.min(ownAtMs, own.atMs)
        ticket.waitedFor = own.reason
        continue
      }
      const atMs = sharedFreeAtMs(needs, nowMs)
      if (atMs > nowMs) {
        sharedHolds = true
        sharedAtMs = Math.min(sharedAtMs, atMs)
        ticket.waitedFor = Number.isFinite(atMs) ? 'rate' : 'total'
        continue
      }
      lane.remove(ticket)
      this.waiting -= 1
      lane.moveBack(ticket.line)
      this.#take(lane, needs, nowMs)
      ticket.admit()
      return { served: true, ownAtMs, sharedAtMs, sharedHolds }
    }
    return { served: false, ownAtMs, sharedAtMs, sharedHolds }
  }

  #wakeLane(lane: AccountLane, atMs: number): void {
    const known = this.#timers.get(lane)
    if (known?.atMs === atMs) return
    known?.cancel()
    if (!Number.isFinite(atMs)) {
      this.#timers.delete(lane)
      return
    }
    const wake = () => {
      this.#timers.delete(lane)
      this.#ring.add(lane)
      this.#turn(this.#clock.now())
    }
    this.#timers.set(lane, { atMs, cancel: this.#clock.schedule(wake, waitMs(atMs, this.#clock.now())) })
  }

  #wakeAll(atMs: number): void {
    if (this.#sharedTimer?.atMs === atMs) return
    this.#sharedTimer?.cancel()
    this.#sharedTimer = undefined
    if (!Number.isFinite(atMs)) return
    const wake = () => {
      this.#sharedTimer = undefined
      this.#turn(this.#clock.now())
    }
    this.#sharedTimer = { atMs, cancel: this.#clock.schedule(wake, waitMs(atMs, this.#clock.now())) }
  }

  /** Nothing of the account waits any more. */
  #forget(lane: AccountLane): void {
    this.#ring.delete(lane)
    this.#wakeLane(lane, Number.POSITIVE_INFINITY)
  }
}

/** Timers of Node may fire a little early, and count whole milliseconds. */
function waitMs(atMs: number, nowMs: number): number {
  return Math.max(0, Math.ceil(atMs - nowMs))
}
