import type { PreparedRequest } from '../http/index.ts'
import type { Exchange } from './http-client.ts'

const redirectStatuses: ReadonlySet<number> = new Set([301, 302, 303, 307, 308])

/** The address a redirect points to, as it was sent; undefined where the answer is no redirect. */
export function redirectLocation({ status, headers }: Exchange): string | undefined {
  return redirectStatuses.has(status) ? headers['location'] || undefined : undefined
}

/** Resolves the address of a redirect; null where it is none. */
export function resolveLocation(location: string, from: string): URL | null {
  // Header bytes come as Latin-1; an address that is not plain ASCII is UTF-8 in practice.
  return URL.parse(Buffer.from(location, 'latin1').toString(), from)
}

/** The read at its new address (RFC 9110 §15.4): a POST turns into a GET except where the status forbids it. */
export function redirectedRequest(request: PreparedRequest, status: number, target: URL): PreparedRequest {
  target.username = ''
  target.password = ''
  target.hash = ''
  const url = target.href
  const { method } = request
  const becomesGet =
    status === 303 ? method !== 'GET' && method !== 'HEAD' : status < 303 && method === 'POST'
  if (!becomesGet) return { ...request, url }
  const { body: _dropped, ...bodiless } = request
  const headers = Object.fromEntries(
    Object.entries(request.headers).filter(([name]) => !name.startsWith('content-')),
  )
  return { ...bodiless, url, method: 'GET', headers }
}
