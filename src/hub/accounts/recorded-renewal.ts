import type { CredentialState, StoredCredentials } from '../../engine/index.ts'
import type { Repositories } from '../store/index.ts'
import type { Vault } from '../vault/vault.ts'
import type { RecordedRenewal } from '../vault/vault-values.ts'

/** Whose renewal it is. */
export interface AccountPlace {
  readonly projectId: string
  readonly accountId: string
}

/** Keeps what a renewal was answered with. An account that was removed meanwhile leaves nothing behind. */
export async function recordRenewal(
  repositories: Repositories,
  vault: Vault,
  { projectId, accountId }: AccountPlace,
  next: CredentialState,
  { version, credentials }: StoredCredentials,
): Promise<void> {
  const subject = { projectId, kind: 'account', subjectId: accountId } as const
  if (typeof version !== 'number' || (await repositories.vault.get(subject)) === undefined) return
  const spent = credentials['refreshToken']
  const recorded: RecordedRenewal = {
    next,
    replaces: version,
    ...(typeof spent === 'string' ? { spent } : {}),
  }
  await vault.write(repositories, { ...subject, kind: 'renewal' }, recorded)
}

/**
 * Takes up what a process had recorded before it ended, unless the account was linked or renewed otherwise since. To be
 * called within a transaction, under the lease of the account.
 *
 * @returns whether the credentials of the account are others now
 */
export async function settleRenewal(
  repositories: Repositories,
  vault: Vault,
  { projectId, accountId }: AccountPlace,
  now: string,
): Promise<boolean> {
  const subject = { projectId, kind: 'account', subjectId: accountId } as const
  const recorded = (await vault.read(repositories, { ...subject, kind: 'renewal' }))?.value
  if (recorded === undefined) return false
  const stored = await vault.read(repositories, subject)
  await repositories.vault.delete({ ...subject, kind: 'renewal' })
  if (stored === undefined) return false
  const { value, version } = stored
  // A mark that a person is needed came from somebody who tried the token that was spent for this one.
  const wasMarked =
    value.reconnectNeeded !== undefined &&
    recorded.spent !== undefined &&
    value.credentials['refreshToken'] === recorded.spent
  if (version !== recorded.replaces && !wasMarked) return false
  if ((await vault.replace(repositories, subject, version, recorded.next)) === undefined) return false
  if (wasMarked) await repositories.accounts.update(projectId, accountId, works, now)
  await repositories.audit.append(projectId, {
    at: now,
    actor: 'system',
    action: 'account.renewal-recovered',
    subject: `account:${accountId}`,
    detail: {},
  })
  return true
}

const works = { status: 'active', statusReasons: [] } as const
