import { PagingError } from '../../errors/index.ts'
import { isRecord } from '../../http/index.ts'
import {
  type EngineCursor,
  iteratorParameters,
  type PageIterator,
  type PaginatedRequestCall,
  type RunContext,
  restoreCursor,
} from '../../plan/index.ts'
import { fingerprintOf, shortHash } from '../paging/page-fingerprint.ts'
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
  const records: unknown[] = []
  const raw: unknown[] = []
  let cursor = restoreCursor(run.cursor[step], iterator.start?.(context))
  for (let page = 1; ; page += 1) {
    const seen = checkProgress(iterator, cursor, records.length)
    const exchange = await sendRequest(
      call.request,
      iterator.isSoap ? withPageRoot(context, iterator, cursor, page) : context,
      run,
      step,
      iteratorParameters(iterator, cursor),
    )
    if (exchange.error !== undefined)
      return { output: outputOf(exchange, records, raw, undefined), error: exchange.error }
    raw.push(exchange.body)
    const rows = rowsOf(exchange, iterator, run)
    emit(run, { type: 'page', step, page, rows: rows.length })
    const mark = iterator.mode === 'cursor' || rows.length === 0 ? undefined : fingerprintOf(rows)
    if (mark !== undefined && mark === cursor.last) {
      endAtRepeatedPage(iterator, records.length, run)
      return { output: outputOf(exchange, records, raw, undefined) }
    }
    const from = iterator.mode === 'offset' ? 0 : cursor.skip
    const taken = rows.slice(from, from + want - records.length)
    records.push(...taken)
    const next = nextCursor(iterator, cursor, exchange, rows.length, from + taken.length)
    if (next === undefined) return { output: outputOf(exchange, records, raw, next) }
    // A page that is still being read comes again when the listing is resumed.
    const last = iterator.mode === 'page' && next.skip > 0 ? cursor.last : mark
    cursor = { ...next, ...(last === undefined ? {} : { last }), seen }
    if (records.length < want) continue
    run.next[step] = cursor
    return { output: outputOf(exchange, records, raw, next) }
  }
}

type Position = Pick<EngineCursor, 'token' | 'skip'>

/** Where the listing goes on after a page of which the first `used` rows were taken; undefined at its end. */
function nextCursor(
  iterator: PageIterator,
  { token, skip }: EngineCursor,
  { body, response }: Exchange,
  rows: number,
  used: number,
): Position | undefined {
  if (rows === 0) return undefined
  const goesOn = iterator.condition === undefined || iterator.condition(body) === true
  if (iterator.mode === 'offset')
    return goesOn || used < rows ? { token: null, skip: skip + used } : undefined
  if (used < rows)
    return { token: iterator.mode === 'page' ? String(token ?? iterator.startPage) : token, skip: used }
  if (!goesOn) return undefined
  if (iterator.mode === 'page') return { token: String(Number(token ?? iterator.startPage) + 1), skip: 0 }
  const found = iterator.nextToken(body, response.headers)
  return found === undefined || found === null || found === '' || found === false
    ? undefined
    : { token: found, skip: 0 }
}

/** @throws {PagingError} a page beyond the highest, a token that was asked for before */
function checkProgress(iterator: PageIterator, cursor: EngineCursor, delivered: number): Set<string> {
  const { mode, maxPage, startPage } = iterator
  if (mode === 'page' && Number(cursor.token ?? startPage) > maxPage)
    throw new PagingError('paging/ceiling', {
      message: `The listing has more than ${maxPage} pages. ${delivered} rows had been read.`,
      rowsDelivered: delivered,
    })
  const seen = cursor.seen ?? new Set<string>()
  if (mode !== 'cursor') return seen
  // Resuming in the middle of a page asks for it once more.
  const mark = shortHash(JSON.stringify([cursor.token, cursor.skip]))
  if (seen.has(mark))
    throw new PagingError('paging/no-progress', {
      message: `The provider named a page that was read before. ${delivered} rows had been read.`,
      rowsDelivered: delivered,
    })
  return seen.add(mark)
}

/** Pages end at one that repeats the last, as in the original; rows that are counted must not come again. */
function endAtRepeatedPage({ mode }: PageIterator, delivered: number, run: RunState): void {
  if (mode === 'page') {
    run.warnings.push('A page repeated the one before it and was taken for the end.')
    return
  }
  throw new PagingError('paging/repeated-page', {
    message: `The provider gives the same rows for another offset. ${delivered} rows had been read.`,
    rowsDelivered: delivered,
  })
}

function withPageRoot(
  context: RunContext,
  { key }: PageIterator,
  { token, skip }: EngineCursor,
  page: number,
): RunContext {
  return { ...context, pageIterator: { [key]: token, token, position: skip, page, first: token === null } }
}

function outputOf(
  last: Exchange,
  records: readonly unknown[],
  raw: readonly unknown[],
  next: Position | undefined,
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

/** Not a list counts as an empty page, as in the original, with a word about it; in SOAP one object is one record. */
function rowsOf({ data }: Exchange, { isSoap }: PageIterator, run: RunState): readonly unknown[] {
  if (Array.isArray(data)) return data
  if (isSoap && isRecord(data)) return [data]
  run.warnings.push('A page held no list at its dataKey and was taken as empty.')
  return []
}
