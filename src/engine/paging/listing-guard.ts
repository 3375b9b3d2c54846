import { PagingError } from '../../errors/index.ts'
import type { ListingState, PagePosition, PagingPlan, ReceivedPage } from '../../plan/index.ts'
import { fingerprintOf } from './page-fingerprint.ts'

/** What a page turned out to be: the state to go on from, or the end. */
export interface Advanced {
  readonly total: number | undefined
  readonly next: ListingState | undefined
}

const firstState = { pages: 0, rows: 0, prints: [] } as const

/**
 * Judges a page before its rows are handed over, and finds where the listing goes on.
 *
 * @param state - undefined on the first page
 * @param pageSize - as asked for; kept, so that the pages after it have the same
 * @throws {PagingError} a listing that cannot be trusted to be complete or to end
 */
export function advanceListing(paging: PagingPlan, state: ListingState | undefined, page: ReceivedPage, pageSize: number | undefined): Advanced {
  const { rows, pages, prints, ...before } = { ...firstState, ...state }
  const declared = paging.total(page.body)
  const known = before.total
  const fail = (code: PagingError['code'], message: string): never => {
    throw new PagingError(code, { message: `${message} ${rows} rows had been delivered.`, rowsDelivered: rows })
  }
  if (known !== undefined && declared !== undefined && declared < known && rows + page.rows.length < known)
    fail('paging/total-shrank', `Page ${pages + 1} declares a total of ${declared}, an earlier page ${known}.`)
  const total = Math.max(declared ?? 0, known ?? 0)
  const hasTotal = declared !== undefined || known !== undefined
  if (page.rows.length === 0) {
    if (hasTotal && rows < total) fail('paging/missing-rows', `Page ${pages + 1} is empty, though the declared total is ${total}.`)
    return { total: hasTotal ? total : undefined, next: undefined }
  }
  const print = fingerprintOf(page.rows)
  if (prints.includes(print)) fail('paging/repeated-page', `Page ${pages + 1} has the same rows as an earlier page.`)
  if (pages + 1 > paging.maxPages) fail('paging/ceiling', `The listing has more than ${paging.maxPages} pages.`)
  if (rows + page.rows.length > paging.maxRows) fail('paging/ceiling', `The listing has more than ${paging.maxRows} rows.`)
  const delivered = rows + page.rows.length
  const done = hasTotal && delivered >= total
  const position = done ? undefined : paging.advance(state?.position, page)
  if (position !== undefined && samePosition(position, state?.position)) fail('paging/no-progress', `Page ${pages + 1} names itself as the next one.`)
  const result = { total: hasTotal ? total : undefined }
  if (position === undefined) {
    if (hasTotal && !done) fail('paging/missing-rows', `Page ${pages + 1} names no further page, though the declared total is ${total}.`)
    return { ...result, next: undefined }
  }
  return {
    ...result,
    next: { position, pages: pages + 1, rows: delivered, ...(hasTotal ? { total } : {}), ...(pageSize === undefined ? {} : { pageSize }), prints: [...prints, print] },
  }
}

function samePosition(a: PagePosition, b: PagePosition | undefined): boolean {
  return b !== undefined && JSON.stringify(a) === JSON.stringify(b)
}
