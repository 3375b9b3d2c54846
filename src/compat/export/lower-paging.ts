import { isRecord } from '../../http/index.ts'
import type { Plain } from './plain.ts'

/** A paged request as `paginated_request`, where its style exists there; else one page. */
export function lowerPaging(paging: Plain, parameters: Plain, action: string, losses: string[]): Plain {
  const where = paging['in'] === 'body' ? 'body' : 'query'
  const sizeInput = String(paging['pageSizeInput'] ?? 'page_size')
  const limit = paging['limitParam']
  const limitArg = {
    name: limit,
    value: `$.inputs.${sizeInput}`,
    in: where,
    condition: `{{present($.inputs.${sizeInput})}}`,
  }
  const args = [
    ...(Array.isArray(parameters['args']) ? parameters['args'] : []),
    ...(limit === undefined ? [] : [limitArg]),
  ]
  const withLimit = { ...parameters, args }
  const iterator = iteratorOf(paging, where)
  const nested = where === 'body' && String(iterator?.['key'] ?? '').includes('.')
  const moves = paging['continueUrl'] !== undefined
  if (iterator === undefined || nested || moves || paging['onlyWhenAsked'] === true) {
    losses.push(`action ${action}: gives one page; its paging cannot be said.`)
    return { functionName: 'request', parameters: withLimit }
  }
  losses.push(`action ${action}: the guards of its paging (totals, repeated pages, ceilings) are left out.`)
  const next = nextKeyOf(paging)
  const response = { ...(isRecord(parameters['response']) ? parameters['response'] : {}), ...next }
  return { functionName: 'paginated_request', parameters: { ...withLimit, response, iterator } }
}

function iteratorOf(paging: Plain, where: string): Plain | undefined {
  switch (paging['style']) {
    case 'offset':
      return { key: paging['offsetParam'] ?? 'offset', in: where, mode: 'offset' }
    case 'page':
      return {
        key: paging['pageParam'] ?? 'page',
        in: where,
        mode: 'page',
        ...(paging['startPage'] === undefined ? {} : { startPage: paging['startPage'] }),
      }
    case 'cursor':
      return {
        key: paging['cursorParam'] ?? 'cursor',
        in: where,
        ...(paging['hasMore'] === undefined ? {} : { condition: `{{${String(paging['hasMore'])}}}` }),
      }
    default:
      return undefined
  }
}

function nextKeyOf(paging: Plain): Plain {
  if (paging['style'] !== 'cursor') return {}
  if (paging['nextCursorHeader'] !== undefined)
    return { nextKey: paging['nextCursorHeader'], nextKeyIn: 'headers' }
  return { nextKey: paging['nextCursor'] ?? 'next' }
}
