import type { WaitReason } from '../../transport/index.ts'
import type { AccountLane, Needs } from './account-lane.ts'

/** When the bounds of its account let a request go, and which of them holds it the longest. */
export interface Readiness {
  /** Now or earlier: it may go. Infinity: when another one of the account is over. */
  readonly atMs: number
  readonly reason: WaitReason
}

const free: Readiness = { atMs: Number.NEGATIVE_INFINITY, reason: 'total' }
const full: Readiness = { atMs: Number.POSITIVE_INFINITY, reason: 'concurrency' }

export function readinessOf(
  lane: AccountLane,
  needs: Needs,
  nowMs: number,
  overdueAtMs = Number.POSITIVE_INFINITY,
): Readiness {
  if (!lane.slots.isFree) return full
  if (nowMs >= overdueAtMs) return free
  const held = needs.slots.isFree ? latestOf(needs, nowMs) : full
  return held.atMs > overdueAtMs ? { ...held, atMs: overdueAtMs } : held
}

function latestOf({ rate, budgets }: Needs, nowMs: number): Readiness {
  let atMs = Number.NEGATIVE_INFINITY
  let reason: WaitReason = 'rate'
  const consider = (freeAtMs: number, why: WaitReason) => {
    if (freeAtMs <= nowMs || freeAtMs <= atMs) return
    atMs = freeAtMs
    reason = why
  }
  consider(rate.pausedUntilMs, 'pause')
  if (rate.window !== undefined) consider(rate.window.freeAtMs(nowMs), 'rate')
  for (const budget of budgets) consider(budget.freeAtMs(nowMs), 'rate')
  return atMs === Number.NEGATIVE_INFINITY ? free : { atMs, reason }
}

/** The moment from which what accounts share lets a request go; Infinity: when another one of the provider is over. */
export function sharedFreeAtMs({ shared, provider }: Needs, nowMs: number): number {
  if (!provider.isFree) return Number.POSITIVE_INFINITY
  let atMs = nowMs
  for (const window of shared) atMs = Math.max(atMs, window.freeAtMs(nowMs))
  return atMs
}

export function take(lane: AccountLane, needs: Needs, nowMs: number): void {
  lane.running += 1
  lane.slots.taken += 1
  needs.slots.taken += 1
  needs.provider.taken += 1
  needs.rate.window?.take(nowMs)
  for (const budget of needs.budgets) budget.take(nowMs)
  for (const window of needs.shared) window.take(nowMs)
}

export function giveBack(lane: AccountLane, needs: Needs): void {
  lane.running -= 1
  lane.slots.taken -= 1
  needs.slots.taken -= 1
  needs.provider.taken -= 1
}
