/** Bounds of one call. */
export interface Limits {
  /** Exchanges of the same request, the first one counted. */
  readonly attempts: number
  /** Bytes of a body after decompression. */
  readonly bodyBytes: number
  /** Redirects followed in a row. */
  readonly redirects: number
  /** The longest `Retry-After` that is waited for, in milliseconds. */
  readonly retryAfterMs: number
  /** Time for name, connection and TLS together, in milliseconds. */
  readonly connectMs: number
}

export const defaultLimits: Limits = {
  attempts: 5,
  bodyBytes: 100 * 1024 * 1024,
  redirects: 5,
  retryAfterMs: 30_000,
  connectMs: 10_000,
}
