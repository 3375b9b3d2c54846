import type { QueryReader } from './query-reader.ts'

/** Default and maximum are unknown; 25 is a guess (E), 100 the largest value seen (B). */
export const defaultLimit = 25
export const maxLimit = 100

/** How a fault bends the place a listing starts from. */
export type PageFault = 'offset-ignored' | 'duplicate-page' | null

/** Rows `start` to `start + limit` - 1 of a listing. */
export interface PageWindow {
  readonly start: number
  readonly limit: number
}

/** By `limit` and zero-based `offset` (A). */
export function offsetWindow(query: QueryReader, fault: PageFault): PageWindow {
  const limit = limitOf(query)
  return { limit, start: bend(query.integer('offset', 0) ?? 0, limit, fault) }
}

/** By `limit` and one-based `page`, as `people_search` has it (B). */
export function pageWindow(query: QueryReader, fault: PageFault): PageWindow & { readonly page: number } {
  const limit = limitOf(query)
  const page = query.integer('page', 1) ?? 1
  return { limit, page, start: bend((page - 1) * limit, limit, fault) }
}

/** A larger limit is taken down to the maximum without a word (a guess, E). */
function limitOf(query: QueryReader): number {
  return Math.min(query.integer('limit', 1) ?? defaultLimit, maxLimit)
}

function bend(start: number, limit: number, fault: PageFault): number {
  if (fault === 'offset-ignored') return 0
  return fault === 'duplicate-page' ? Math.max(0, start - limit) : start
}
