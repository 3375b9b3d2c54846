import { isRecord } from '../../http/index.ts'
import type { PagePosition } from './paging-plan.ts'

/** How far a listing has come: what a next page needs to go on, and to notice that it goes wrong. */
export interface ListingState {
  readonly position: PagePosition
  readonly pages: number
  /** Rows handed over so far. */
  readonly rows: number
  /** The largest total that a page declared. */
  readonly total?: number
  readonly pageSize?: number
  /** Marks of the pages and positions seen so far. Grows with the listing. */
  readonly seen: Set<string>
}

/** How far a `paginated_request` has come, as its original counts. */
export interface EngineCursor {
  /** Of the page still being read; null on the first page, and always where rows are counted. */
  readonly token: unknown
  /** Records of that page that were taken; all records taken so far where rows are counted. */
  readonly skip: number
  /** Marks of the tokens asked for so far. Grows with the listing. */
  readonly seen?: Set<string>
  /** Mark of the rows of the page before, where pages or rows are counted. */
  readonly last?: string
}

/** Where a `paginated_request` begins. The caller's cursor has its code checked; a definition's own is taken as it is. */
export function restoreCursor(value: unknown, declared?: unknown): EngineCursor {
  if (isRecord(value) && typeof value['skip'] === 'number') {
    const { token = null, skip, seen, last } = value
    return {
      token,
      skip,
      ...(seen instanceof Set ? { seen } : Array.isArray(seen) ? { seen: new Set(seen.map(String)) } : {}),
      ...(typeof last === 'string' ? { last } : {}),
    }
  }
  const position = isRecord(declared) ? Number(declared['position'] ?? 0) : 0
  const token = isRecord(declared) ? (declared['token'] ?? null) : null
  return {
    token: token === '' ? null : token,
    skip: Number.isInteger(position) && position > 0 ? position : 0,
  }
}

// A token of bounded length: the first pages, which a provider that runs in a circle comes back to, and the last ones.
const keptFirst = 16
const keptLast = 240

/** The marks that go into `next`. */
export function keepMarks(seen: ReadonlySet<string>): string[] {
  const marks = [...seen]
  return marks.length <= keptFirst + keptLast
    ? marks
    : [...marks.slice(0, keptFirst), ...marks.slice(-keptLast)]
}

/** A state from the JSON of `next`. The cursor's code has vouched for the content. */
export function restoreState(value: unknown): ListingState | undefined {
  if (!isRecord(value) || !Array.isArray(value['seen'])) return undefined
  return { ...(value as unknown as ListingState), seen: new Set(value['seen'].map(String)) }
}
