import { forbiddenAddress } from './address-guard.ts'
import type { FailureReason } from './http-client.ts'

interface FailureDescription {
  readonly reason: FailureReason
  readonly detail: string
}

const connectionWords: Readonly<Record<string, string>> = {
  ENOTFOUND: 'the name of the host is not known',
  EAI_AGAIN: 'the name of the host could not be resolved',
  ECONNREFUSED: 'the connection was refused',
  ETIMEDOUT: 'the connection was not answered',
  EHOSTUNREACH: 'there is no route to the host',
  ENETUNREACH: 'there is no route to the network of the host',
  ECONNRESET: 'the connection was reset',
  [forbiddenAddress]: 'the name leads to an address that is not one of the public internet',
  EPIPE: 'the connection was closed by the other side',
}

/**
 * Tells what went wrong from the code of Node or got and from how far the exchange had come.
 *
 * @param sent - the request was handed to a connection
 * @param answered - the head of an answer had arrived
 */
export function describeFailure(code = 'unknown', sent: boolean, answered: boolean): FailureDescription {
  const detail = `${wordsOf(code, answered)} (${code})`
  return { reason: reasonOf(code, sent, answered), detail }
}

function reasonOf(code: string, sent: boolean, answered: boolean): FailureReason {
  if (isMalformed(code)) return 'malformed'
  if (answered) return isBadCompression(code) ? 'undecodable' : 'cut'
  if (code === forbiddenAddress) return 'forbidden'
  if (sent) return 'interrupted'
  if (isUntrusted(code)) return 'untrusted'
  return code.startsWith('ERR_') ? 'unsendable' : 'unreachable'
}

function wordsOf(code: string, answered: boolean): string {
  if (code === 'HPE_HEADER_OVERFLOW') return 'the head of the answer is too large'
  if (isMalformed(code)) return 'the answer is not valid HTTP'
  if (answered) return isBadCompression(code) ? 'the compressed body is damaged' : 'the body is cut'
  if (isUntrusted(code)) return 'the TLS handshake failed'
  return connectionWords[code] ?? 'the connection failed'
}

function isMalformed(code: string): boolean {
  return code.startsWith('HPE_') && code !== 'HPE_INVALID_EOF_STATE'
}

// A compressed body that ends too early is a cut one, and has the code Z_BUF_ERROR.
function isBadCompression(code: string): boolean {
  return code !== 'Z_BUF_ERROR' && /^(?:Z_|ERR__|ERR_BROTLI|ERR_ZSTD|ZSTD_)/.test(code)
}

function isUntrusted(code: string): boolean {
  return /CERT|SIGNATURE|^ERR_(?:TLS|SSL)_|^EPROTO$/.test(code)
}
