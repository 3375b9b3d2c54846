import { MainspringError } from '../../errors/index.ts'
import { isRecord } from '../../http/index.ts'
import type { ActionPlan, ListingPlan } from '../../plan/index.ts'

/** Where no page size is given, as many rows are asked for at a time. */
const usualPageSize = 100

/** One page of a listing. */
export interface Page {
  readonly data: unknown
  readonly next?: string
}

/** Rows over several pages, and how to go on after the last of them. */
export interface TakenRows extends AsyncIterable<unknown> {
  /** Known when the rows are through. */
  end(): ListingEnd
}

export interface ListingEnd {
  /** Goes on exactly behind the last row given. */
  readonly next?: string
  /** Rows of the last page were left out, and no cursor leads to them. */
  readonly cut: boolean
}

/**
 * The first rows of a listing, page by page. The last page is asked for with the size that is still wanted, so that
 * `next` goes on exactly behind the last row given; a provider that counts pages keeps one size.
 */
export function takeRows(
  runPage: (inputs: Readonly<Record<string, unknown>>) => Promise<Page>,
  action: ActionPlan,
  listing: ListingPlan,
  inputs: Readonly<Record<string, unknown>>,
  limit: number,
): TakenRows {
  const sized = action.inputs.some(({ name }) => name === listing.pageSizeInput)
  const given = inputs[listing.pageSizeInput]
  const most = typeof given === 'number' ? given : Math.min(usualPageSize, largestPage(action, listing))
  const fixed = keepsPageSize(action, listing) ? Math.min(most, limit) : undefined
  let end: ListingEnd = { cut: false }

  async function* rows() {
    let wanted = limit
    let cursor: unknown = inputs[listing.cursorInput]
    do {
      const asked = {
        ...inputs,
        ...(sized ? { [listing.pageSizeInput]: fixed ?? Math.min(most, wanted) } : {}),
        ...(cursor === undefined ? {} : { [listing.cursorInput]: cursor }),
      }
      const page = await runPage(asked).catch((error: unknown) => {
        throw error instanceof MainspringError ? error.at({ rowsDelivered: limit - wanted }) : error
      })
      const data = Array.isArray(page.data) ? page.data : []
      yield* data.slice(0, wanted)
      wanted -= data.length
      cursor = page.next
      // Behind a page that had to be cut, `next` would pass over the rows cut off.
      end = wanted < 0 || page.next === undefined ? { cut: wanted < 0 } : { cut: false, next: page.next }
    } while (wanted > 0 && cursor !== undefined)
  }
  return { [Symbol.asyncIterator]: rows, end: () => end }
}

/** Whether every page of the listing has to have the size of the first. */
function keepsPageSize({ steps }: ActionPlan, { ownCursor }: ListingPlan): boolean {
  const calls = steps.flatMap((step) => step.calls)
  return ownCursor || calls.some((call) => call.kind === 'request' && call.paging?.fixedPageSize === true)
}

function largestPage({ inputSchema }: ActionPlan, { pageSizeInput }: ListingPlan): number {
  const properties = inputSchema['properties']
  const schema = isRecord(properties) ? properties[pageSizeInput] : undefined
  const maximum = isRecord(schema) ? schema['maximum'] : undefined
  return typeof maximum === 'number' ? maximum : Number.POSITIVE_INFINITY
}
