import { isRecord } from '../../http/index.ts'
import type { PageParameters } from '../request/request-plan.ts'
import type { PageIterator } from '../step-plan.ts'
import type { EngineCursor } from './listing-state.ts'

/** What asks for a page of a `paginated_request`. */
export function iteratorParameters(
  iterator: PageIterator,
  cursor: Pick<EngineCursor, 'token' | 'skip'>,
): PageParameters {
  const { key, in: place } = iterator
  const value = pageValueOf(iterator, cursor)
  const values =
    isRecord(value) && place === 'query'
      ? Object.fromEntries(Object.entries(value).map(([sub, inner]) => [`${key}[${sub}]`, inner]))
      : { [key]: value }
  return { in: place, values }
}

function pageValueOf(
  { mode, startPage }: PageIterator,
  { token, skip }: Pick<EngineCursor, 'token' | 'skip'>,
) {
  if (mode === 'offset') return String(skip)
  return token ?? (mode === 'page' ? String(startPage) : undefined)
}
