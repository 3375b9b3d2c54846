import type { CredentialSource, StoredCredentials } from '../../engine/index.ts'
import { HubError } from '../hub-error.ts'
import type { Store } from '../store/index.ts'
import type { Vault } from '../vault/vault.ts'

/**
 * The credentials of one account for one run, read once at its start. Tokens that the run renews are stored for the
 * version that was read, so that two processes never overwrite each other's.
 */
export function credentialSource(
  { store, vault, clock }: { readonly store: Store; readonly vault: Vault; readonly clock: () => Date },
  projectId: string,
  accountId: string,
  first: StoredCredentials,
): CredentialSource {
  const subject = { projectId, kind: 'account', subjectId: accountId } as const
  let unread: StoredCredentials | undefined = first
  return {
    key: `${projectId}/${accountId}`,
    async read() {
      const known = unread
      unread = undefined
      return known ?? readState(store, vault, projectId, accountId)
    },
    async update(next, expectedVersion) {
      if (typeof expectedVersion !== 'number') return undefined
      const now = clock().toISOString()
      return store.transaction(async (repositories) => {
        const version = await vault.replace(repositories, subject, expectedVersion, next)
        if (version === undefined) return undefined
        if (next.reconnectNeeded !== undefined) {
          const { at, message } = next.reconnectNeeded
          await repositories.accounts.update(
            projectId,
            accountId,
            {
              status: 'error',
              statusReasons: [{ code: 'auth/reconnect-needed', description: message, timestamp: at }],
            },
            now,
          )
          await repositories.audit.append(projectId, {
            at: now,
            actor: 'system',
            action: 'account.reconnect-needed',
            subject: `account:${accountId}`,
            detail: {},
          })
        }
        return { ...next, version }
      })
    },
    exclusively: (work) => store.exclusively(`renew:${projectId}/${accountId}`, work),
  }
}

/** @throws {HubError} `hub/vault-unreadable` */
export async function readState(
  store: Store,
  vault: Vault,
  projectId: string,
  accountId: string,
): Promise<StoredCredentials> {
  const opened = await vault.read(store, { projectId, kind: 'account', subjectId: accountId })
  if (opened === undefined)
    throw new HubError('hub/vault-unreadable', {
      message: `The account ${accountId} has no stored credentials.`,
    })
  return { ...opened.value, version: opened.version }
}
