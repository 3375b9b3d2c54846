import { STATUS_CODES } from 'node:http'
import type { Reply } from '../reply.ts'
import type { Fault } from './rule.ts'
import type { Strike } from './rules.ts'

/** The answer that takes the place of the request's own, or null where the request is carried out. */
export function replyInstead(fault: Fault): Reply | null {
  switch (fault.kind) {
    case 'status': {
      const { status, body = { message: STATUS_CODES[status] ?? 'Fault' }, headers = {} } = fault
      return { status, headers, ...(typeof body === 'string' ? { text: body } : { body }) }
    }
    case 'rate-limit': {
      const { retryAfter = 1 } = fault
      const headers = retryAfter === null ? {} : { 'Retry-After': String(retryAfter) }
      return { status: 429, headers, body: { message: 'Too Many Requests' } }
    }
    case 'redirect':
      return {
        status: fault.status ?? 302,
        headers: { Location: fault.location },
        body: { message: 'Redirected' },
      }
    default:
      return null
  }
}

/** The request's own answer as the fault bends it. */
export function bendReply(reply: Reply, { fault, count }: Strike): Reply {
  if (fault.kind === 'invalid-body') {
    const { status, headers = {} } = reply
    return { status: status === 204 ? 200 : status, headers, text: fault.body ?? '<html>Service</html>' }
  }
  const { list } = reply
  if (list === undefined) return reply
  switch (fault.kind) {
    case 'null-list':
      return { ...reply, list: { ...list, rows: null } }
    case 'empty-page':
      return { ...reply, list: { ...list, rows: [] } }
    case 'shrink-total': {
      if (list.meta === undefined) return reply
      const total = Math.max(0, list.meta.total - count)
      return { ...reply, list: { ...list, meta: { ...list.meta, total } } }
    }
    default:
      return reply
  }
}
