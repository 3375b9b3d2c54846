import { isRecord } from '../../http/index.ts'
import { soapContent } from '../request/answer-failure.ts'
import { compilePath } from '../request/compile-path.ts'
import { parseNextLink } from './link-header.ts'
import type { PagePosition, PagingPlan } from './paging-plan.ts'

const defaultMaxPages = 10_000
const defaultMaxRows = 1_000_000

/**
 * Compiles `x-mainspring.paging` of a step. The schema has checked which keys a style needs.
 *
 * @param isSoap - paths begin at what the body of the envelope holds
 */
export function compilePaging(paging: Readonly<Record<string, unknown>>, isSoap = false): PagingPlan {
  const text = (key: string): string | undefined =>
    typeof paging[key] === 'string' ? paging[key] : undefined
  const count = (key: string, fallback: number): number =>
    typeof paging[key] === 'number' ? paging[key] : fallback
  const style = (text('style') ?? 'offset') as PagingPlan['style']
  const limitParam = text('limitParam')
  const total = text('total')
  const flag = text('hasMore')
  const pathIn = (path: string) => {
    const read = compilePath(path)
    return isSoap ? (body: unknown) => read(soapContent(body)) : read
  }
  const readFlag = flag === undefined ? undefined : pathIn(flag)
  const readTotal = total === undefined ? undefined : pathIn(total)
  return {
    style,
    in: paging['in'] === 'body' ? 'body' : 'query',
    ...(limitParam === undefined ? {} : { limitParam }),
    onlyWhenAsked: paging['onlyWhenAsked'] === true,
    maxPages: count('maxPages', defaultMaxPages),
    maxRows: count('maxRows', defaultMaxRows),
    pageSizeInput: text('pageSizeInput') ?? 'page_size',
    cursorInput: text('cursorInput') ?? 'cursor',
    fixedPageSize: style === 'page',
    total: (body) => {
      const found = readTotal?.(body)
      // XML has no numbers.
      const value = typeof found === 'string' && /^\d{1,15}$/.test(found) ? Number(found) : found
      return typeof value === 'number' && Number.isInteger(value) && value >= 0 ? value : undefined
    },
    hasMore: (body) => {
      const value = readFlag?.(body)
      // XML has no booleans.
      if (value === 'true' || value === 'false') return value === 'true'
      return typeof value === 'boolean' ? value : undefined
    },
    ...compileStyle(style, text, count, pathIn),
  }
}

function compileStyle(
  style: PagingPlan['style'],
  text: (key: string) => string | undefined,
  count: (key: string, fallback: number) => number,
  pathIn: (path: string) => (body: unknown) => unknown,
): Pick<PagingPlan, 'parameters' | 'advance'> {
  switch (style) {
    case 'offset': {
      const param = text('offsetParam') ?? 'offset'
      return {
        parameters: (position) => ({ values: { [param]: asNumber(position, 0) } }),
        // By the rows received, not by the page size: a provider may give fewer than it was asked for.
        advance: (position, { rows }) => asNumber(position, 0) + rows.length,
      }
    }
    case 'page': {
      const param = text('pageParam') ?? 'page'
      const start = count('startPage', 1)
      return {
        parameters: (position) => ({ values: { [param]: asNumber(position, start) } }),
        advance: (position) => asNumber(position, start) + 1,
      }
    }
    case 'cursor': {
      const param = text('cursorParam') ?? 'cursor'
      const header = text('nextCursorHeader')?.toLowerCase()
      const read = pathIn(text('nextCursor') ?? 'next')
      const continues = text('continueUrl') !== undefined
      return {
        parameters: (position) =>
          position === undefined ? { values: {} } : { values: { [param]: position }, continues },
        advance: (_, { body, headers }) => asPosition(header === undefined ? read(body) : headers[header]),
      }
    }
    case 'link':
      return {
        parameters: (position) =>
          typeof position === 'string' ? { values: {}, link: position } : { values: {} },
        advance: (_, { headers, url }) => parseNextLink(headers['link'], url),
      }
  }
}

function asNumber(position: PagePosition | undefined, fallback: number): number {
  return typeof position === 'number' ? position : fallback
}

/** Providers end a listing with null, an empty text, false or no cursor at all. */
function asPosition(value: unknown): PagePosition | undefined {
  return typeof value === 'number' || (typeof value === 'string' && value !== '') || isRecord(value)
    ? value
    : undefined
}
