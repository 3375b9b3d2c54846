/** A listing that goes page by page under `x-mainspring.paging`, compiled. */
export interface PagingPlan {
  readonly style: 'offset' | 'page' | 'cursor' | 'link'
  readonly in: 'query' | 'body'
  /** The parameter that carries the wanted page size; none where the provider takes none. */
  readonly limitParam?: string
  /** Without a page size the whole list is taken in one call: no paging is known at this endpoint. */
  readonly onlyWhenAsked: boolean
  /** Ceilings of one listing. */
  readonly maxPages: number
  readonly maxRows: number
  readonly pageSizeInput: string
  readonly cursorInput: string
  /** Whether the page size may change within a listing: a page number counts pages of one size. */
  readonly fixedPageSize: boolean
  /** The number of rows that the answer declares for the whole listing. */
  readonly total: (body: unknown) => number | undefined
  /** What the answer itself says about a further page; undefined where it says nothing. */
  readonly hasMore: (body: unknown) => boolean | undefined
  /** What asks for the page at a position; undefined is the first page. */
  readonly parameters: (position: PagePosition | undefined) => PageRequest
  /** The position after a page with rows; undefined where the provider names no further page. */
  readonly advance: (position: PagePosition | undefined, page: ReceivedPage) => PagePosition | undefined
}

/** Where a page begins: a row count, a page number, a cursor or a link. JSON, so that it survives in `next`. */
export type PagePosition = number | string | Readonly<Record<string, unknown>>

export interface PageRequest {
  readonly values: Readonly<Record<string, unknown>>
  readonly link?: string
  /** The page lies at the address for pages after the first. */
  readonly continues?: boolean
}

/** An answer as paging sees it. */
export interface ReceivedPage {
  readonly rows: readonly unknown[]
  readonly body: unknown
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>
  /** Of the request, to resolve a relative link. */
  readonly url: string
}
