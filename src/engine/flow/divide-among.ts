import type { LimitsPlan, PoolLimit } from '../../plan/index.ts'

/**
 * What one of several processes may use of the limits of a definition, so that all together keep to them. A share below
 * one request becomes one in a longer time; of requests at a time it is never less than one.
 */
export function divideAmong(limits: LimitsPlan, processes: number): LimitsPlan {
  if (processes === 1) return limits
  return {
    rates: limits.rates.map((pool) => withMost(pool, pool.most && pool.most / processes)),
    concurrencies: limits.concurrencies.map((pool) =>
      withMost(pool, pool.most && Math.max(1, Math.floor(pool.most / processes))),
    ),
    budgets: limits.budgets.map((budget) => {
      const requests = Math.max(1, Math.floor(budget.requests / processes))
      const stretch = Math.max(1, (requests * processes) / budget.requests)
      return { ...budget, requests, windowMs: budget.windowMs * stretch }
    }),
    fingerprint: `${processes} ${limits.fingerprint}`,
  }
}

function withMost(pool: PoolLimit, most: number | undefined): PoolLimit {
  return most === undefined ? pool : { ...pool, most }
}
