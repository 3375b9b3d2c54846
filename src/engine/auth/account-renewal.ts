import { AuthError, MainspringError } from '../../errors/index.ts'
import type { ConnectorPlan } from '../../plan/index.ts'
import type { CredentialSource, CredentialState, StoredCredentials } from './credential-source.ts'
import type { LinkingOptions } from './linking.ts'
import { refreshCredentials } from './refresh-credentials.ts'
import { endOf, renewalTime } from './token-life.ts'

/** What a run says about the renewals it may cause. */
export type RenewalSettings = Omit<LinkingOptions, 'signal' | 'timeoutMs'>

/** What this process knows of an account beside its store. */
interface Account {
  /** The renewal under way: everybody waits for the same one. */
  flight?: Promise<StoredCredentials>
  /** Renewed, and not yet in the store: nothing may use it before. */
  unsaved?: { readonly next: CredentialState; readonly expectedVersion: string | number }
  /** The version that the last renewal of this process led to: runs that began before it take it up. */
  renewedTo?: string | number
  /** A failure that may pass: not asked again before this time. */
  failure?: { readonly error: MainspringError; readonly untilMs: number; readonly version: string | number }
}

/** An endpoint that has just failed is left in peace, however many runs want a token. */
const restAfterFailureMs = 5_000

/** Accounts remembered; those in use are never forgotten. */
const rememberedAccounts = 10_000

const accounts = new Map<string, Account>()

export function accountOf(plan: ConnectorPlan, { key }: CredentialSource): Account {
  return accounts.get(nameOf(plan, key)) ?? {}
}

/**
 * Gives the credentials that follow those a run has seen: stored by somebody meanwhile, or renewed now. One renewal an
 * account at a time; its outcome is stored before anybody uses it.
 *
 * @param seen - what the run had
 * @param refused - the provider has refused them, whatever their end
 * @throws {AuthError} `auth/…`
 */
export function renew(
  plan: ConnectorPlan,
  source: CredentialSource,
  seen: StoredCredentials,
  settings: RenewalSettings,
  refused: boolean,
): Promise<StoredCredentials> {
  const account = remember(nameOf(plan, source.key))
  // Who was refused with what the flight is about to replace waits for it, too.
  account.flight ??= exclusively(source, () => renewAlone(plan, source, seen, settings, refused, account))
    .then((stored) => {
      account.renewedTo = stored.version
      return stored
    })
    .finally(() => {
      delete account.flight
    })
  return account.flight
}

function remember(name: string): Account {
  const account = accounts.get(name) ?? {}
  // Behind the others again, so that the first ones are those unused for longest.
  accounts.delete(name)
  accounts.set(name, account)
  for (const [oldest, { flight, unsaved }] of accounts) {
    if (accounts.size <= rememberedAccounts) break
    if (flight === undefined && unsaved === undefined) accounts.delete(oldest)
  }
  return account
}

/** @throws {AuthError} `auth/store-failed` */
export async function readStored(source: CredentialSource): Promise<StoredCredentials> {
  try {
    return await source.read()
  } catch (error) {
    throw storeError(error, 'The credentials of the account could not be read.')
  }
}

async function exclusively<Value>(source: CredentialSource, work: () => Promise<Value>): Promise<Value> {
  return source.exclusively === undefined ? work() : source.exclusively(work)
}

async function renewAlone(
  plan: ConnectorPlan,
  source: CredentialSource,
  seen: StoredCredentials,
  settings: RenewalSettings,
  refused: boolean,
  account: Account,
): Promise<StoredCredentials> {
  if (account.unsaved !== undefined) return save(source, account, account.unsaved)
  const nowMs = (settings.now ?? Date.now)()
  const stored = await readStored(source)
  if (stored.reconnectNeeded !== undefined) return stored
  const isNews = stored.version !== seen.version
  if (isNews && !isDue(stored, source.key, nowMs)) return stored
  if (
    !refused &&
    !isNews &&
    !isDue(stored, source.key, nowMs) &&
    stored.credentials['accessToken'] !== undefined
  )
    return stored
  const { failure } = account
  if (failure !== undefined && failure.version === stored.version && nowMs < failure.untilMs)
    throw failure.error
  delete account.failure
  let next: CredentialState
  try {
    next = await refreshCredentials(plan, { ...settings, credentials: stored.credentials })
  } catch (error) {
    return afterFailure(error, source, stored, account, nowMs)
  }
  return save(source, account, { next, expectedVersion: stored.version })
}

/** Write ahead: from here on the old refresh token may be worthless, and only this process knows the new one. */
async function save(
  source: CredentialSource,
  account: Account,
  unsaved: NonNullable<Account['unsaved']>,
): Promise<StoredCredentials> {
  account.unsaved = unsaved
  let saved: StoredCredentials | undefined
  try {
    saved = await source.update(unsaved.next, unsaved.expectedVersion)
  } catch (error) {
    throw storeError(error, 'The renewed credentials could not be stored.')
  }
  delete account.unsaved
  // Somebody was faster, such as the person who links the account again: what is stored counts.
  return saved ?? readStored(source)
}

async function afterFailure(
  error: unknown,
  source: CredentialSource,
  stored: StoredCredentials,
  account: Account,
  nowMs: number,
): Promise<StoredCredentials> {
  if (!(error instanceof MainspringError)) throw error
  if (error.code !== 'auth/reconnect-needed') {
    account.failure = { error, untilMs: nowMs + restAfterFailureMs, version: stored.version }
    throw error
  }
  // A refusal may mean that another process has just spent the refresh token.
  const latest = await readStored(source)
  if (latest.version !== stored.version) return latest
  const reconnectNeeded = { at: new Date(nowMs).toISOString(), message: error.message }
  const { version, ...state } = stored
  try {
    const marked = await source.update({ ...state, reconnectNeeded }, version)
    if (marked === undefined) return await readStored(source)
  } catch {
    // The mark spares the provider further calls; the refusal is told with or without it.
  }
  throw error
}

function isDue(state: CredentialState, key: string, nowMs: number): boolean {
  const due = renewalTime(state, key) ?? endOf(state)
  return due !== undefined && due <= nowMs
}

function storeError(error: unknown, message: string): MainspringError {
  return error instanceof MainspringError ? error : new AuthError('auth/store-failed', { message })
}

function nameOf({ key }: ConnectorPlan, account: string): string {
  return JSON.stringify([key, account])
}
