import type { ListingPlan } from '../../plan/index.ts'

/** Where a page size is not given, as many rows are asked for at a time. */
const pageSize = 100

/** One page of a listing. */
export interface Page {
  readonly data: unknown
  readonly next?: string
}

/** Rows over several pages, and how to go on after the last of them. */
export interface TakenRows extends AsyncIterable<unknown> {
  /** Known when the rows are through. Undefined at the end, and behind a page that was larger than asked for. */
  next(): string | undefined
}

/**
 * The first rows of a listing, page by page. The last page is asked for with the size that is still wanted, so that
 * `next` goes on exactly behind the last row given.
 */
export function takeRows(
  runPage: (inputs: Readonly<Record<string, unknown>>) => Promise<Page>,
  inputs: Readonly<Record<string, unknown>>,
  { pageSizeInput, cursorInput }: ListingPlan,
  limit: number,
): TakenRows {
  const given = inputs[pageSizeInput]
  const size = typeof given === 'number' ? given : pageSize
  let next: string | undefined

  async function* rows() {
    let wanted = limit
    let cursor: unknown = inputs[cursorInput]
    do {
      const page = await runPage({
        ...inputs,
        [pageSizeInput]: Math.min(size, wanted),
        ...(cursor === undefined ? {} : { [cursorInput]: cursor }),
      })
      const data = Array.isArray(page.data) ? page.data : []
      yield* data.slice(0, wanted)
      wanted -= data.length
      cursor = page.next
      // Behind a page that had to be cut, `next` would pass over the rows cut off.
      next = wanted < 0 ? undefined : page.next
    } while (wanted > 0 && cursor !== undefined)
  }
  return { [Symbol.asyncIterator]: rows, next: () => next }
}
