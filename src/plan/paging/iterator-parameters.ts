import { isRecord } from '../../http/index.ts'
import type { PageParameters } from '../request/request-plan.ts'
import type { PageIterator } from '../step-plan.ts'

/** What asks for a page of a `paginated_request`; a null token is the first page. */
export function iteratorParameters(iterator: PageIterator, token: unknown): PageParameters {
  const values =
    isRecord(token) && iterator.in === 'query'
      ? Object.fromEntries(Object.entries(token).map(([sub, value]) => [`${iterator.key}[${sub}]`, value]))
      : { [iterator.key]: token === null ? firstToken(iterator) : token }
  return { in: iterator.in, values }
}

function firstToken({ mode, startPage }: PageIterator): unknown {
  if (mode === 'offset') return '0'
  return mode === 'page' ? startPage : undefined
}
