import type { PreparedRequest } from '../http/index.ts'

/** What a request may carry to an origin that was named by an answer. */
const carried: readonly string[] = ['accept', 'accept-language', 'range', 'user-agent']

/** Whether a read may go on at another origin: never from TLS to plain HTTP, and without a body. */
export function canLeaveFor(target: URL, request: PreparedRequest): boolean {
  if (request.body !== undefined) return false
  return target.protocol === 'https:' || (target.protocol === 'http:' && !/^https:/i.test(request.url))
}

/** The same read without anything that authenticates it. */
export function withoutCredentials(request: PreparedRequest, from: string): PreparedRequest {
  const { clientCertificate: _certificate, headers, secrets, ...rest } = withoutTrust(request, from)
  return {
    ...rest,
    headers: Object.fromEntries(
      Object.entries(headers).filter(([name]) => carried.includes(name) && !secrets.headers.has(name)),
    ),
    // Such an address is often a key in itself: whoever has it can fetch the file.
    secrets: { ...secrets, query: new Set(new URL(request.url).searchParams.keys()) },
  }
}

/** The trust in an origin is for it alone; but a provider on this machine, such as a sandbox, may name its neighbours. */
function withoutTrust(request: PreparedRequest, from: string): PreparedRequest {
  const { trustedOrigin, declaredPort: _port, ...rest } = request
  return trustedOrigin === true && isLoopbackUrl(from) ? { ...rest, trustedOrigin } : rest
}

/**
 * A GET of an address that an answer named.
 *
 * @param request - the request that was answered
 * @param withAuthorization - the definition vouches for the address: headers go with it
 */
export function foreignRequest(
  request: PreparedRequest,
  url: string,
  withAuthorization: boolean,
): PreparedRequest {
  const { body: _body, ...bodiless } = request
  const get: PreparedRequest = { ...bodiless, url, method: 'GET', effect: 'read', repeatable: true }
  const bare = withoutCredentials(get, request.url)
  if (!withAuthorization) return bare
  const headers = Object.entries(request.headers).filter(([name]) => !name.startsWith('content-'))
  return {
    ...withoutTrust(get, request.url),
    headers: Object.fromEntries(headers),
    secrets: { ...get.secrets, query: bare.secrets.query },
  }
}

/** Whether an address is one of this machine. */
export function isLoopbackUrl(url: string): boolean {
  return /^https?:\/\/(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])(?=[:/?#]|$)/i.test(url)
}
