import { PagingError } from '../../errors/index.ts'
import {
  type EngineCursor,
  iteratorParameters,
  type PageIterator,
  type PaginatedRequestCall,
  type RunContext,
} from '../../plan/index.ts'
import { emit, type RunState } from '../run-state.ts'
import { type Exchange, sendRequest } from './send-request.ts'
import type { StepOutcome } from './step-outcome.ts'

const defaultPageSize = 25

/**
 * Reads provider pages until the wanted number of records is there, as the original does: `page_size` counts records
 * and is not sent; a further page begins with the token of the page still being read, and the records of it to skip.
 */
export async function runPaginatedRequest(
  call: PaginatedRequestCall,
  context: RunContext,
  run: RunState,
  step: string,
): Promise<StepOutcome> {
  const { iterator } = call
  const wanted = Number(context.inputs['page_size'] ?? Number.NaN)
  const want = Number.isFinite(wanted) ? wanted : defaultPageSize
  const start = (run.cursor[step] as EngineCursor | undefined) ?? { token: null, skip: 0 }
  const records: unknown[] = []
  const raw: unknown[] = []
  const seen = new Set<string>()
  let { token, skip } = start
  let last: Exchange | undefined
  let next: EngineCursor | undefined

  for (let page = 1; ; page += 1) {
    const mark = JSON.stringify(token)
    if (seen.has(mark))
      throw new PagingError('paging/no-progress', {
        message: `The provider named a page that was read before. ${records.length} rows had been read.`,
        rowsDelivered: records.length,
      })
    seen.add(mark)
    last = await sendRequest(call.request, context, run, step, iteratorParameters(iterator, token))
    if (last.error !== undefined) return { output: outputOf(last, records, raw, next), error: last.error }
    raw.push(last.body)
    const rows = rowsOf(last, run)
    emit(run, { type: 'page', step, page, rows: rows.length })
    const taken = rows.slice(skip, skip + want - records.length)
    records.push(...taken)
    const rest = skip + taken.length < rows.length
    const following = rows.length === 0 ? undefined : tokenAfter(iterator, token, rows, last)
    if (rest) next = { token, skip: skip + taken.length }
    else if (following !== undefined && goesOn(iterator, last.body)) next = { token: following, skip: 0 }
    else next = undefined
    if (records.length >= want || next === undefined) break
    token = next.token
    skip = next.skip
  }
  if (next !== undefined) run.next[step] = next
  return { output: outputOf(last, records, raw, next) }
}

function outputOf(
  last: Exchange,
  records: readonly unknown[],
  raw: readonly unknown[],
  next: EngineCursor | undefined,
) {
  return {
    data: records,
    raw,
    statusCode: last.status,
    message: last.message,
    next: next?.token,
    position: next?.skip,
  }
}

/** Not a list counts as an empty page, as in the original, with a word about it. */
function rowsOf(exchange: Exchange, run: RunState): readonly unknown[] {
  if (Array.isArray(exchange.data)) return exchange.data
  run.warnings.push('A page held no list at its dataKey and was taken as empty.')
  return []
}

function goesOn(iterator: PageIterator, body: unknown): boolean {
  return iterator.condition === undefined || iterator.condition(body) === true
}

function tokenAfter(
  iterator: PageIterator,
  token: unknown,
  rows: readonly unknown[],
  { body, response }: Exchange,
): unknown {
  if (iterator.mode === 'offset') return String(Number(token ?? 0) + rows.length)
  if (iterator.mode === 'page') return nextPage(iterator, Number(token ?? iterator.startPage))
  const found = iterator.nextToken(body, response.headers)
  return found === null || found === '' || found === false ? undefined : found
}

function nextPage(iterator: PageIterator, page: number): number {
  if (page + 1 > iterator.maxPage)
    throw new PagingError('paging/ceiling', {
      message: `The listing has more than ${iterator.maxPage} pages.`,
      rowsDelivered: 0,
    })
  return page + 1
}
