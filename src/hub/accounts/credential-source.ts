import type { CredentialSource, RenewalMemory, StoredCredentials } from '../../engine/index.ts'
import { HubError } from '../hub-error.ts'
import type { Lease, Store } from '../store/index.ts'
import type { Readable, Vault } from '../vault/vault.ts'
import { accountKey } from './account-key.ts'
import { type AccountPlace, recordRenewal, settleRenewal } from './recorded-renewal.ts'

/** What the credentials of accounts are kept with. */
export interface CredentialKeeping {
  readonly store: Store
  readonly vault: Vault
  readonly clock: () => Date
  /** Of this process; a simulation has several. */
  readonly memory?: RenewalMemory
}

/**
 * The credentials of one account for one run, read once at its start. A renewal is made under a lease of the account, by
 * one process at a time. What it was answered with is recorded whoever holds the lease by then, since it is nowhere
 * else; the account's own record follows only for the version that was read, under the lease.
 */
export function credentialSource(
  { store, vault, clock, memory }: CredentialKeeping,
  projectId: string,
  accountId: string,
  first: StoredCredentials,
): CredentialSource {
  const place: AccountPlace = { projectId, accountId }
  const subject = { projectId, kind: 'account', subjectId: accountId } as const
  let unread: StoredCredentials | undefined = first
  let lease: Lease | undefined
  let isFirstRead = false
  let wasLost = false

  const isRecorded = async () => (await store.vault.get({ ...subject, kind: 'renewal' })) !== undefined
  const settle = async (held: Lease) => {
    // Most accounts have nothing recorded: no transaction for those.
    if (!(await isRecorded())) return
    await store.transaction(async (repositories) => {
      if (await repositories.leases.holds(held))
        await settleRenewal(repositories, vault, place, clock().toISOString())
    })
  }

  return {
    key: accountKey(projectId, accountId),
    ...(memory === undefined ? {} : { memory }),
    async read() {
      const known = unread
      unread = undefined
      if (lease !== undefined) await settle(lease)
      else if (known !== undefined) {
        if (known.reconnectNeeded === undefined || !(await isRecorded())) return known
        // Marked by a process that tried a spent token, while the answer to it was on its way to another one.
        await store.exclusively(renewalLease(place), settle)
      }
      const state = await readState(store, vault, projectId, accountId)
      // Who stood still for longer than a lease lasts may have read a token that another has spent by now.
      if (lease !== undefined && isFirstRead && !(await store.leases.holds(lease))) {
        wasLost = true
        throw new HubError('hub/store-busy', {
          message: 'The lease of the account ran out while it was read.',
        })
      }
      isFirstRead = false
      return state
    },
    record: (next, replaced) =>
      store.transaction((repositories) => recordRenewal(repositories, vault, place, next, replaced)),
    async update(next, expectedVersion) {
      if (typeof expectedVersion !== 'number') return undefined
      const now = clock().toISOString()
      return store.transaction(async (repositories) => {
        if (lease !== undefined && !(await repositories.leases.holds(lease))) return undefined
        const version = await vault.replace(repositories, subject, expectedVersion, next)
        if (version === undefined) return undefined
        // A mark holds none of the tokens that may have been recorded.
        if (next.reconnectNeeded === undefined)
          await repositories.vault.delete({ ...subject, kind: 'renewal' })
        else {
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
    async exclusively(work) {
      for (;;) {
        wasLost = false
        try {
          return await store.exclusively(renewalLease(place), async (held) => {
            lease = held
            isFirstRead = true
            try {
              return await work({ interrupted: held.interrupted })
            } finally {
              lease = undefined
            }
          })
        } catch (error) {
          // Nothing was sent yet: it waits for whoever took over.
          if (!wasLost) throw error
        }
      }
    },
  }
}

/** Under which one process at a time renews an account. */
export function renewalLease({ projectId, accountId }: AccountPlace): string {
  return `renew:${projectId}/${accountId}`
}

/** @throws {HubError} `hub/vault-unreadable` */
export async function readState(
  store: Readable,
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
