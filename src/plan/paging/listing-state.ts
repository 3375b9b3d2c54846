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

/** How far a `paginated_request` has come, as its original counts: token of the page, and records of it to skip. */
export interface EngineCursor {
  /** Null on the first page. */
  readonly token: unknown
  readonly skip: number
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
