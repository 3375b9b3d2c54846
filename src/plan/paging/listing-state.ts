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
  /** Fingerprints of the pages seen, the first always among them. */
  readonly prints: readonly string[]
}

/** How far a `paginated_request` has come, as its original counts: token of the page, and records of it to skip. */
export interface EngineCursor {
  readonly token: unknown
  readonly skip: number
  /** Records handed over so far, for the mode `offset`. */
  readonly consumed: number
}
