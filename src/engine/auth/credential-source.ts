import type { RenewalMemory } from './renewal-memory.ts'

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
  /**
   * Writes ahead what a renewal was answered with, before {@link update}, so that a process that ends between the two
   * loses no rotated token: `read` within {@link exclusively} has to take up what was recorded for `replaced`. Where
   * somebody holds the account by now, it is kept all the same. Left out, `update` alone makes it durable.
   */
  record?(next: CredentialState, replaced: StoredCredentials): Promise<void>
  /** Runs `work` while no other process renews this account. Left out, only this process is coordinated. */
  exclusively?<Value>(work: (before: EarlierRenewal) => Promise<Value>): Promise<Value>
  /** What the process remembers of its renewals; shared by all runs of the process by default. */
  readonly memory?: RenewalMemory
}

/** What is known of the renewal before this one. */
export interface EarlierRenewal {
  /** Its process ended before it was done: the refresh token may have been used up without anybody having the answer. */
  readonly interrupted: boolean
}

/** Tells a source from plain credentials, whose values are never functions. */
export function isCredentialSource(
  value: Readonly<Record<string, unknown>> | CredentialSource | undefined,
): value is CredentialSource {
  return typeof value?.['read'] === 'function' && typeof value['update'] === 'function'
}
