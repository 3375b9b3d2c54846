import { PagingError } from '../../errors/index.ts'
import type { ListingState, PagingPlan, ReceivedPage } from '../../plan/index.ts'
import { fingerprintOf, shortHash } from './page-fingerprint.ts'

/** What a page turned out to be: the state to go on from, or the end. */
export interface Advanced {
  readonly total: number | undefined
  readonly next: ListingState | undefined
}

/**
 * Judges a page before its rows are handed over, and finds where the listing goes on.
 *
 * @param state - undefined on the first page; its history grows by this page
 * @param pageSize - as asked for; kept, so that the pages after it have the same
 * @throws {PagingError} a listing that cannot be trusted to be complete or to end
 */
export function advanceListing(
  paging: PagingPlan,
  state: ListingState | undefined,
  page: ReceivedPage,
  pageSize: number | undefined,
): Advanced {
  const delivered = state?.rows ?? 0
  const number = (state?.pages ?? 0) + 1
  const seen = state?.seen ?? new Set<string>()
  const fail = (code: PagingError['code'], message: string): never => {
    throw new PagingError(code, {
      message: `${message} ${delivered} rows had been delivered.`,
      rowsDelivered: delivered,
    })
  }
  const declared = paging.total(page.body)
  const known = state?.total
  const total = declared === undefined ? known : Math.max(declared, known ?? 0)
  const rows = delivered + page.rows.length
  if (declared !== undefined && known !== undefined && declared < known && rows < known)
    fail('paging/total-shrank', `Page ${number} declares a total of ${declared}, an earlier page ${known}.`)
  const more = paging.hasMore(page.body)
  if (page.rows.length === 0 && more !== true) {
    if (total !== undefined && delivered < total)
      fail('paging/missing-rows', `Page ${number} is empty, though the declared total is ${total}.`)
    return { total, next: undefined }
  }
  if (page.rows.length > 0)
    remember(seen, fingerprintOf(page.rows), () =>
      fail('paging/repeated-page', `Page ${number} has the same rows as an earlier page.`),
    )
  if (number > paging.maxPages) fail('paging/ceiling', `The listing has more than ${paging.maxPages} pages.`)
  if (rows > paging.maxRows) fail('paging/ceiling', `The listing has more than ${paging.maxRows} rows.`)
  if (total !== undefined && rows >= total) return { total, next: undefined }
  const position = more === false ? undefined : paging.advance(state?.position, page)
  if (position === undefined) {
    if (more === true)
      fail('paging/missing-rows', `Page ${number} says that there is more and names no further page.`)
    if (total !== undefined)
      fail(
        'paging/missing-rows',
        `Page ${number} names no further page, though the declared total is ${total}.`,
      )
    return { total, next: undefined }
  }
  remember(seen, `@${shortHash(JSON.stringify(position))}`, () =>
    fail('paging/no-progress', `Page ${number} names a page that was read before as the next one.`),
  )
  return {
    total,
    next: {
      position,
      pages: number,
      rows,
      seen,
      ...(total === undefined ? {} : { total }),
      ...(pageSize === undefined ? {} : { pageSize }),
    },
  }
}

function remember(seen: Set<string>, mark: string, refuse: () => never): void {
  if (seen.has(mark)) refuse()
  seen.add(mark)
}
