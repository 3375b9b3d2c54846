/** What is kept of an account: plain data, to be stored encrypted. */
export interface CredentialState {
  /** By the keys of the fields, and those that a token exchange adds (`accessToken`, `refreshToken` …). */
  readonly credentials: Readonly<Record<string, unknown>>
  /** When the access token was asked for, ISO 8601. */
  readonly issuedAt?: string
  /** When the access token ends, ISO 8601; absent where nobody knows. */
  readonly expiresAt?: string
  /** When the token was got in place of one that the provider had refused before its end, ISO 8601. */
  readonly replacedRefusedAt?: string
  /** The provider refuses to renew: runs end with `auth/reconnect-needed` until a person links the account again. */
  readonly reconnectNeeded?: ReconnectReason
}

/** Why an account has to be linked again. */
export interface ReconnectReason {
  /** When it was found, ISO 8601. */
  readonly at: string
  /** A sentence for people, without secrets. */
  readonly message: string
}

/** The state as it stands in the store. */
export interface StoredCredentials extends CredentialState {
  /** Changes with every update. Compared by the store alone. */
  readonly version: string | number
}
