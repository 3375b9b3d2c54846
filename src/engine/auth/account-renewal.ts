import { AuthError, MainspringError } from '../../errors/index.ts'
import type { ConnectorPlan } from '../../plan/index.ts'
import type { CredentialSource, EarlierRenewal } from './credential-source.ts'
import type { CredentialState, StoredCredentials } from './credential-state.ts'
import type { LinkingOptions } from './linking.ts'
import { refreshCredentials } from './refresh-credentials.ts'
import { createRenewalMemory, type RememberedAccount } from './renewal-memory.ts'
import { endOf, renewalTime } from './token-life.ts'

/** What a run says about the renewals it may cause. */
export type RenewalSettings = Omit<LinkingOptions, 'signal' | 'timeoutMs'>

/** An endpoint that has just failed is left in peace, however many runs want a token; twice as long each time. */
const restAfterFailureMs = 5_000
const longestRestMs = 60_000
/** The endpoint may ask for more. */
const longestAskedRestMs = 10 * 60_000

/** A token that replaced a refused one and is refused too is not the trouble: no other is asked for so soon. */
const restAfterRefusalMs = 60_000

const ofThisProcess = createRenewalMemory()

export function accountOf(plan: ConnectorPlan, source: CredentialSource): Readonly<RememberedAccount> {
  return (source.memory ?? ofThisProcess).peek(nameOf(plan, source.key))
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
  const account = (source.memory ?? ofThisProcess).of(nameOf(plan, source.key))
  // Who was refused with what the flight is about to replace waits for it, too.
  account.flight ??= exclusively(source, (before) =>
    renewAlone({ plan, source, seen, settings, refused, account, before }),
  )
    .then((stored) => {
      account.renewedTo = stored.version
      return stored
    })
    .finally(() => {
      delete account.flight
    })
  return account.flight
}

/** @throws {AuthError} `auth/store-failed` */
export async function readStored(source: CredentialSource): Promise<StoredCredentials> {
  try {
    return await source.read()
  } catch (error) {
    throw storeError(error, 'The credentials of the account could not be read.')
  }
}

async function exclusively<Value>(
  source: CredentialSource,
  work: (before: EarlierRenewal) => Promise<Value>,
): Promise<Value> {
  if (source.exclusively === undefined) return work({ interrupted: false })
  try {
    return await source.exclusively(work)
  } catch (error) {
    throw storeError(error, 'The account could not be held for its renewal.')
  }
}

interface Renewal {
  readonly plan: ConnectorPlan
  readonly source: CredentialSource
  readonly seen: StoredCredentials
  readonly settings: RenewalSettings
  readonly refused: boolean
  readonly account: RememberedAccount
  readonly before: EarlierRenewal
}

async function renewAlone(renewal: Renewal): Promise<StoredCredentials> {
  const { plan, source, seen, settings, refused, account } = renewal
  if (account.unsaved !== undefined) return save(source, account, account.unsaved)
  const nowMs = (settings.now ?? Date.now)()
  const stored = await readStored(source)
  if (stored.reconnectNeeded !== undefined) return stored
  const isNews = stored.version !== seen.version
  const due = isDue(stored, source.key, nowMs)
  if (isNews && !due) return stored
  if (!refused && !isNews && !due && stored.credentials['accessToken'] !== undefined) return stored
  if (refused && !due && isRecent(stored.replacedRefusedAt, nowMs)) return stored
  const { failure } = account
  if (failure !== undefined && failure.version === stored.version && nowMs < failure.untilMs)
    throw failure.error
  let next: CredentialState
  let rotated: CredentialState | undefined
  try {
    next = await refreshCredentials(plan, {
      account: source.key,
      ...settings,
      credentials: stored.credentials,
      onRotated: async (credentials) => {
        const { version: _, ...state } = stored
        rotated = { ...state, credentials }
        // Where this fails, the process still knows it, and stores it below.
        await source.record?.(rotated, stored).catch(() => undefined)
      },
    })
  } catch (error) {
    const kept =
      rotated === undefined ? stored : await save(source, account, { next: rotated, replaced: stored })
    return afterFailure(error, renewal, kept, nowMs)
  }
  delete account.failure
  if (refused && !due) next = { ...next, replacedRefusedAt: new Date(nowMs).toISOString() }
  return save(source, account, { next, replaced: stored })
}

/** Write ahead: from here on the old refresh token may be worthless, and only this process knows the new one. */
async function save(
  source: CredentialSource,
  account: RememberedAccount,
  unsaved: NonNullable<RememberedAccount['unsaved']>,
): Promise<StoredCredentials> {
  account.unsaved = unsaved
  const { next, replaced } = unsaved
  let saved: StoredCredentials | undefined
  try {
    await source.record?.(next, replaced)
    saved = await source.update(next, replaced.version)
  } catch (error) {
    throw storeError(error, 'The renewed credentials could not be stored.')
  }
  delete account.unsaved
  // Somebody was faster, such as the person who links the account again: what is stored counts.
  return saved ?? readStored(source)
}

async function afterFailure(
  error: unknown,
  { source, account, before }: Renewal,
  stored: StoredCredentials,
  nowMs: number,
): Promise<StoredCredentials> {
  if (!(error instanceof MainspringError)) throw error
  if (error.code !== 'auth/reconnect-needed') {
    const count = account.failure?.version === stored.version ? account.failure.count + 1 : 1
    const restMs = Math.min(restAfterFailureMs * 2 ** (count - 1), longestRestMs)
    account.failure = {
      error,
      count,
      untilMs: nowMs + Math.max(restMs, Math.min(error.retryAfterMs ?? 0, longestAskedRestMs)),
      version: stored.version,
    }
    throw error
  }
  // A refusal may mean that another process has just spent the refresh token.
  const latest = await readStored(source)
  if (latest.version !== stored.version) return latest
  const message = before.interrupted
    ? `${error.message} The process that renewed before was ended before it had the answer, so that its refresh token may have been used up.`
    : error.message
  const reconnectNeeded = { at: new Date(nowMs).toISOString(), message }
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

function isRecent(at: string | undefined, nowMs: number): boolean {
  // Clocks differ between machines: a time that is still to come counts as now.
  return at !== undefined && nowMs - Date.parse(at) < restAfterRefusalMs
}

function storeError(error: unknown, message: string): MainspringError {
  return error instanceof MainspringError ? error : new AuthError('auth/store-failed', { message })
}

function nameOf({ key }: ConnectorPlan, account: string): string {
  return JSON.stringify([key, account])
}
