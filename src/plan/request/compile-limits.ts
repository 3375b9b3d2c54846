import { isRecord } from '../../http/index.ts'

/** What the definition says about how much a provider takes, compiled. */
export interface LimitsPlan {
  /** Requests per second of an account, by the pool that fits first; the last one, without a pattern, fits all. */
  readonly rates: readonly PoolLimit[]
  /** Requests of an account at a time, by the pool that fits first; the last one fits all. */
  readonly concurrencies: readonly PoolLimit[]
  /** Every one that fits is kept to. */
  readonly budgets: readonly RequestBudget[]
  /** Equal for equal limits. */
  readonly fingerprint: string
}

export interface PoolLimit {
  readonly key: string
  /** Text that the address contains; undefined fits every address. */
  readonly pattern?: string
  /** Undefined is no bound. */
  readonly most?: number
}

/** `x-mainspring.budgets[]`. */
export interface RequestBudget {
  readonly key: string
  readonly requests: number
  readonly windowMs: number
  readonly pattern?: string
  /** Whether each account has its own, or all accounts of the connector share one. */
  readonly per: 'account' | 'connector'
}

/** Of the published format, where `rateLimit` or `concurrency` says no number. */
const defaultPerSecond = 25
const defaultAtATime = 30

/**
 * Compiles `rateLimit`, `concurrency` and `x-mainspring.budgets`.
 *
 * @param isExact - the original's numbers hold also where nothing is declared
 */
export function compileLimits(
  { rateLimit, concurrency }: Readonly<Record<string, unknown>>,
  budgets: unknown,
  isExact: boolean,
): LimitsPlan {
  const limits = {
    rates: compilePools(
      rateLimit,
      'mainRatelimit',
      'rateLimit',
      isRecord(rateLimit) || isExact ? defaultPerSecond : undefined,
    ),
    concurrencies: compilePools(concurrency, 'mainMaxConcurrency', 'maxConcurrency', defaultAtATime),
    budgets: (Array.isArray(budgets) ? budgets : []).filter(isRecord).map(compileBudget),
  }
  return { ...limits, fingerprint: JSON.stringify(limits) }
}

function compilePools(
  entry: unknown,
  mainName: string,
  poolName: string,
  most: number | undefined,
): PoolLimit[] {
  const given = isRecord(entry) ? entry : {}
  const pools = (Array.isArray(given['subPools']) ? given['subPools'] : []).filter(isRecord)
  const main = bound(given[mainName]) ?? most
  return [
    ...pools.map((pool, index) => {
      const own = bound(pool[poolName])
      return {
        key: String(pool['subPoolKey'] ?? index),
        pattern: String(pool['urlPattern'] ?? ''),
        ...(own === undefined ? {} : { most: own }),
      }
    }),
    { key: 'main', ...(main === undefined ? {} : { most: main }) },
  ]
}

function compileBudget(entry: Readonly<Record<string, unknown>>, index: number): RequestBudget {
  const { key, requests, seconds, urlPattern, per } = entry
  return {
    key: String(key ?? index),
    requests: Number(requests),
    windowMs: Number(seconds) * 1000,
    ...(typeof urlPattern === 'string' ? { pattern: urlPattern } : {}),
    per: per === 'connector' ? 'connector' : 'account',
  }
}

/** A number that nothing can be measured by, such as 0 or a text, bounds nothing. */
function bound(value: unknown): number | undefined {
  const number = Number(value)
  return value !== null && value !== '' && number > 0 && Number.isFinite(number) ? number : undefined
}
