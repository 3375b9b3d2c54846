/** What is kept of an account: plain data, to be stored encrypted. */
export interface CredentialState {
  /** By the keys of the fields, and those that a token exchange adds (`accessToken`, `refreshToken` …). */
  readonly credentials: Readonly<Record<string, unknown>>
  /** When the access token was asked for, ISO 8601. */
  readonly issuedAt?: string
  /** When the access token ends, ISO 8601; absent where nobody knows. */
  readonly expiresAt?: string
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

/**
 * Where the credentials of one account live. The engine renews tokens and has them stored here before it uses them;
 * the store decides how. (A type and no interface, so that options with a source still fit where plain ones are asked for.)
 */
export type CredentialSource = {
  /** Names the account: within a process, runs with the same key share one renewal. */
  readonly key: string
  read(): Promise<StoredCredentials>
  /**
   * Stores `next` if `expectedVersion` is still the stored one, and gives what is stored now; undefined where somebody
   * else was faster. Must be durable when it returns: the old refresh token may be worthless by then.
   */
  update(next: CredentialState, expectedVersion: string | number): Promise<StoredCredentials | undefined>
  /** Runs `work` while no other process renews this account. Left out, only this process is coordinated. */
  exclusively?<Value>(work: () => Promise<Value>): Promise<Value>
}

/** Tells a source from plain credentials, whose values are never functions. */
export function isCredentialSource(
  value: Readonly<Record<string, unknown>> | CredentialSource | undefined,
): value is CredentialSource {
  return typeof value?.['read'] === 'function' && typeof value['update'] === 'function'
}
