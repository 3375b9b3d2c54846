import { PolicyError } from '../errors/index.ts'

// Many calls in a row go to the same sandbox.
let lastLoopback: { readonly given: string; readonly origin: string } | undefined

/**
 * An origin as it replaces the one of a base URL: no path, no credentials; loopback, or one that the caller names.
 *
 * @throws {PolicyError} code `policy/origin-not-allowed`
 */
export function checkOrigin(origin: string, allowed: readonly string[]): string {
  if (origin === lastLoopback?.given) return lastLoopback.origin
  const url = URL.parse(origin)
  const bare =
    url !== null &&
    /^https?:$/.test(url.protocol) &&
    url.username === '' &&
    url.password === '' &&
    /^\/?$/.test(url.pathname) &&
    url.search === '' &&
    url.hash === ''
  if (!bare)
    throw new PolicyError('policy/origin-not-allowed', {
      message: 'The origin is not of the form http://127.0.0.1:4100: scheme, host and port, nothing else.',
    })
  if (isLoopback(url.hostname)) {
    lastLoopback = { given: origin, origin: url.origin }
    return url.origin
  }
  if (allowed.includes(url.origin)) return url.origin
  throw new PolicyError('policy/origin-not-allowed', {
    message: `The origin ${url.origin} is not on loopback, and the call does not allow it.`,
  })
}

// URL parsing has already brought every spelling of an IPv4 address (127.1, 0x7f000001) to four decimal numbers.
/** Whether a host is this machine. */
export function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(hostname)
}
