import type { CredentialState, StoredCredentials } from './credential-state.ts'
import type { RenewalMemory } from './renewal-memory.ts'

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
