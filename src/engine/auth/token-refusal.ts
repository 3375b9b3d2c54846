/** An answer of a token endpoint that is no success. Stays within the room: what is told of it is redacted first. */
export class TokenRefusal extends Error {
  readonly status: number
  /** OAuth's own code, such as `invalid_grant`, where the answer has one. */
  readonly reason: string | undefined
  /** The provider's words, where it found some. */
  readonly description: string | undefined

  constructor(status: number, reason: string | undefined, description: string | undefined) {
    super('The token endpoint refused.')
    this.status = status
    this.reason = reason
    this.description = description
  }
}

/** What the provider says by its refusal. */
export type RefusalKind = 'grant' | 'client' | 'passing'

/**
 * - `grant`: code or refresh token are worthless: only the person can help
 * - `client`: client, scopes or request are wrong: only the integrator can help
 * - `passing`: it may go well another time
 */
export function kindOfRefusal({ status, reason }: TokenRefusal): RefusalKind {
  if (status === 408 || status === 429 || status >= 500) return 'passing'
  if (
    reason !== undefined &&
    /^(?:invalid_grant|access_denied|expired_token|bad_verification_code|bad_refresh_token|invalid_refresh_token|token_revoked|token_expired|invalid_code)$/i.test(
      reason,
    )
  )
    return 'grant'
  if (reason === 'temporarily_unavailable' || reason === 'server_error' || reason === 'slow_down')
    return 'passing'
  return 'client'
}
