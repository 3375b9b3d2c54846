import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { advanceListing } from '../../src/engine/paging/listing-guard.ts'
import type { ListingState, ReceivedPage } from '../../src/plan/index.ts'
import { compilePaging } from '../../src/plan/paging/compile-paging.ts'

const offset = compilePaging({ style: 'offset', total: 'total' })
const rowsFrom = (first: number, count: number) =>
  Array.from({ length: count }, (_, index) => ({ id: `r${first + index}` }))
const page = (rows: readonly unknown[], total?: unknown) => ({
  rows,
  body: { total },
  headers: {},
  url: 'http://127.0.0.1/',
})

/** Reads a listing of pages to its end or to its error. */
function read(pages: readonly ReceivedPage[], paging = offset) {
  let state: ListingState | undefined
  let rows = 0
  for (const [index, each] of pages.entries()) {
    const { next } = advanceListing(paging, state, each, undefined)
    rows += each.rows.length
    if (next === undefined) return { rows, pages: index + 1 }
    state = next
  }
  return { rows, pages: pages.length, open: true }
}

describe('a listing', () => {
  test('does not end at a short page, and ends at an empty one', () => {
    expect(read([page(rowsFrom(0, 3)), page(rowsFrom(3, 1)), page(rowsFrom(4, 2)), page([])])).toEqual({
      rows: 6,
      pages: 4,
    })
  })

  test('ends at its declared total without a further call', () => {
    expect(read([page(rowsFrom(0, 3), 5), page(rowsFrom(3, 2), 5)])).toEqual({ rows: 5, pages: 2 })
  })

  test.each([
    ['an empty page before the total', 'paging/missing-rows', [page(rowsFrom(0, 3), 5), page([], 5)], 3],
    ['an empty first page with a total', 'paging/missing-rows', [page([], 5)], 0],
    [
      'a total that shrinks while rows are missing',
      'paging/total-shrank',
      [page(rowsFrom(0, 3), 9), page(rowsFrom(3, 3), 6)],
      3,
    ],
    ['the same page twice', 'paging/repeated-page', [page(rowsFrom(0, 3)), page(rowsFrom(0, 3))], 3],
    [
      'a circle of pages',
      'paging/repeated-page',
      [page(rowsFrom(0, 2)), page(rowsFrom(2, 2)), page(rowsFrom(0, 2))],
      4,
    ],
  ])('with %s is a coded error that counts the rows delivered', (_, code, pages, rowsDelivered) => {
    expect(() => read(pages)).toThrow(expect.objectContaining({ code, rowsDelivered }))
  })

  test('whose cursor comes back is a coded error, though its rows differ', () => {
    const cursor = compilePaging({ style: 'cursor', nextCursor: 'next' })
    const pages = ['b', 'c', 'b'].map((next, index) => ({ ...page(rowsFrom(index, 1)), body: { next } }))
    expect(() => read(pages, cursor)).toThrow(
      expect.objectContaining({ code: 'paging/no-progress', rowsDelivered: 2 }),
    )
  })

  test.each([
    ['pages', { maxPages: 2 }],
    ['rows', { maxRows: 5 }],
  ])('beyond its ceiling of %s is a coded error', (_, ceiling) => {
    const paging = compilePaging({ style: 'offset', ...ceiling })
    expect(() => read([page(rowsFrom(0, 3)), page(rowsFrom(3, 2)), page(rowsFrom(5, 1))], paging)).toThrow(
      expect.objectContaining({ code: 'paging/ceiling', rowsDelivered: 5 }),
    )
  })

  test('of any honest pages gives every row exactly once and ends', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 5 }), { maxLength: 20 }),
        fc.boolean(),
        (sizes, withTotal) => {
          const total = sizes.reduce((sum, size) => sum + size, 0)
          let first = 0
          const pages = sizes.map((size) => {
            first += size
            return page(rowsFrom(first - size, size), withTotal ? total : undefined)
          })
          expect(read([...pages, page([], withTotal ? total : undefined)])).toMatchObject({ rows: total })
          expect(read([...pages, page([], withTotal ? total : undefined)])).not.toHaveProperty('open')
        },
      ),
    )
  })

  test('of a provider that repeats any earlier page ends in an error, never in a loop', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 30 }), fc.nat(), (count, choice) => {
        const pages = Array.from({ length: count }, (_, index) => page(rowsFrom(index * 2, 2)))
        const again = pages[choice % count]
        if (again === undefined) throw new Error('unreachable')
        expect(() => read([...pages, again])).toThrow(
          expect.objectContaining({ code: 'paging/repeated-page', rowsDelivered: count * 2 }),
        )
      }),
    )
  })
})
