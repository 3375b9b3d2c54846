import type { MainspringError } from '../../errors/index.ts'
import type { CredentialState, StoredCredentials } from './credential-state.ts'

/** What a process knows of an account beside its store. */
export interface RememberedAccount {
  /** The renewal under way: everybody waits for the same one. */
  flight?: Promise<StoredCredentials>
  /** Renewed, and not yet in the store: nothing may use it before. */
  unsaved?: { readonly next: CredentialState; readonly replaced: StoredCredentials }
  /** The version that the last renewal of this process led to: runs that began before it take it up. */
  renewedTo?: string | number
  /** A failure that may pass: not asked again before this time. */
  failure?: {
    readonly error: MainspringError
    readonly untilMs: number
    readonly version: string | number
    /** How many came one after the other. */
    readonly count: number
  }
}

/** The accounts that one process renews. A process has one; a simulation has one for each that it plays. */
export interface RenewalMemory {
  /** What is known, without remembering that somebody asked. */
  peek(name: string): Readonly<RememberedAccount>
  of(name: string): RememberedAccount
}

/** Accounts remembered; those in use are never forgotten. */
const rememberedAccounts = 10_000

export function createRenewalMemory(): RenewalMemory {
  const accounts = new Map<string, RememberedAccount>()
  return {
    peek: (name) => accounts.get(name) ?? {},
    of(name) {
      const account = accounts.get(name) ?? {}
      // Behind the others again, so that the first ones are those unused for longest.
      accounts.delete(name)
      accounts.set(name, account)
      for (const [oldest, { flight, unsaved }] of accounts) {
        if (accounts.size <= rememberedAccounts) break
        if (flight === undefined && unsaved === undefined) accounts.delete(oldest)
      }
      return account
    },
  }
}
