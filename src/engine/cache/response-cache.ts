import QuickLru from 'quick-lru'
import type { PreparedRequest } from '../../http/index.ts'
import type { PreparedCall } from '../../plan/index.ts'
import type { HttpResponse } from '../../transport/index.ts'
import { keyedHash } from './keyed-hash.ts'

/** Answers kept for `cacheTTL`. Shared by runs, never by accounts. */
export interface ResponseCache {
  get(key: string): HttpResponse | undefined
  /** @param ttlMs - how long it may be given again, in milliseconds */
  set(key: string, response: HttpResponse, ttlMs: number): void
}

/** Beyond it an answer is not kept: characters. */
const largestAnswer = 256 * 1024

/** A cache in memory of at most `maxEntries` answers; the ones that were not asked for the longest go first. */
export function createResponseCache(maxEntries = 200): ResponseCache {
  // The library keeps up to twice its size while it ages.
  const entries = new QuickLru<string, HttpResponse>({ maxSize: Math.max(1, Math.ceil(maxEntries / 2)) })
  return {
    get: (key) => entries.get(key),
    set(key, response, ttlMs) {
      if (response.text.length <= largestAnswer) entries.set(key, response, { maxAge: ttlMs })
    },
  }
}

/** Who calls: equal for equal credentials of the same connector, method and environment only. */
export function accountKeyOf({ plan, authentication, context, environment }: PreparedCall): string {
  return keyedHash([
    plan.key,
    plan.file,
    authentication?.key ?? '',
    context.context.environment,
    environment.origin ?? '',
    context.credentials,
  ])
}

/** Of one request of an account; undefined for a body that cannot be compared. */
export function cacheKeyOf(request: PreparedRequest, account: string): string | undefined {
  const { method, url, body, headers } = request
  if (body !== undefined && typeof body !== 'string') return undefined
  // What authenticates belongs to the account; it may change with every request, such as a signature does.
  const open = Object.entries(headers).filter(
    ([name]) => !request.secrets.headers.has(name) && name !== 'authorization',
  )
  return keyedHash([account, method, url, body ?? null, open])
}
