import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Lease } from './repositories/leases.ts'

/** Where leases are taken. */
export interface Leases {
  take(name: string, holder: string, ttlMs: number): Promise<Lease | undefined>
  extend(lease: Lease, ttlMs: number): Promise<boolean>
  release(lease: Lease): Promise<void>
}

/** How long things take, in milliseconds. */
export interface LockTimes {
  /** A holder that is not heard of for so long is taken for dead. */
  readonly ttlMs: number
  /** How often a holder tells that it lives. */
  readonly beatMs: number
  /** Work that takes longer hangs: it is no longer told to live. */
  readonly longestMs: number
  /** How long whoever waits sleeps between two looks, at least. */
  readonly lookMs: number
}

/** What a lock does with time; a simulation brings its own. */
export interface LockClock {
  sleep(ms: number): Promise<unknown>
  /** In [0, 1). */
  random(): number
  /** Calls `work` again and again. @returns what ends it */
  every(ms: number, work: () => void): () => void
}

export const lockTimes: LockTimes = { ttlMs: 15_000, beatMs: 4_000, longestMs: 120_000, lookMs: 40 }

const realClock: LockClock = {
  sleep,
  random: Math.random,
  every(ms, work) {
    const timer = setInterval(work, ms)
    timer.unref()
    return () => clearInterval(timer)
  },
}

export type Exclusively = <T>(name: string, work: (lease: Lease) => Promise<T>) => Promise<T>

/**
 * Runs work under a lease that is extended for as long as the work takes. A process that ends without giving it back is
 * waited for until its lease ends; one that hangs may still write, so that its writing has to name its fence.
 */
export function createLock(leases: Leases, clock: LockClock = realClock, times = lockTimes): Exclusively {
  const holder = randomUUID()

  const wait = async (name: string): Promise<Lease> => {
    for (let looks = 0; ; looks += 1) {
      const lease = await leases.take(name, holder, times.ttlMs)
      if (lease !== undefined) return lease
      const longer = Math.min(2 ** looks, 8)
      await clock.sleep(times.lookMs * longer * (0.5 + clock.random()))
    }
  }

  return async (name, work) => {
    const lease = await wait(name)
    let beats = 0
    const stop = clock.every(times.beatMs, () => {
      beats += 1
      if (beats * times.beatMs > times.longestMs) stop()
      // One that is lost shows when the work writes.
      else leases.extend(lease, times.ttlMs).catch(() => undefined)
    })
    try {
      return await work(lease)
    } finally {
      stop()
      // What cannot be given back ends by itself.
      await leases.release(lease).catch(() => undefined)
    }
  }
}
