import { type CredentialSource, createRenewalMemory, type RunOptions } from '../../engine/index.ts'
import { type Actor, actorText } from '../audit/actor.ts'
import { HubError } from '../hub-error.ts'
import type { Integration } from '../integrations/integration.ts'
import type { IntegrationService } from '../integrations/integrations.ts'
import type {
  AccountFailure,
  AccountFilter,
  AccountRecord,
  AccountStatus,
  AccountType,
  ListWindow,
  Store,
} from '../store/index.ts'
import type { Vault } from '../vault/vault.ts'
import { addAccountEvent } from '../webhooks/account-event.ts'
import { credentialSource, readState, renewalLease } from './credential-source.ts'
import { identityKey } from './identity-key.ts'
import { runTarget } from './run-target.ts'

/** What can be changed of an account without its credentials. Absent means: leave as it is. */
export interface AccountChangeRequest {
  readonly label?: string | null
  readonly originOwnerId?: string
  readonly originOwnerName?: string
  readonly originUsername?: string | null
  readonly metadata?: Readonly<Record<string, unknown>>
  readonly type?: AccountType
  readonly status?: Extract<AccountStatus, 'active' | 'inactive'>
}

/** An account with all that a run with it needs. Keep it for this run only: it holds the secrets. */
export interface OpenedAccount {
  readonly account: AccountRecord
  readonly integration: Integration
  /** For `explainAction` and whatever else sends nothing: the credentials as they are now. */
  readonly run: Pick<RunOptions, 'setup' | 'authentication' | 'environment' | 'origin' | 'allowedOrigins'> & {
    readonly credentials: Readonly<Record<string, unknown>>
  }
  /** For `runAction` in place of the plain credentials: renews tokens, and stores what it has renewed. */
  readonly source: CredentialSource
}

/** What a use of an account has come to. */
export interface UseFailure extends Omit<AccountFailure, 'at'> {
  /** The provider does not accept the credentials: the account is in error until it works again. */
  readonly refused?: boolean
}

export interface AccountService {
  /** Newest first. */
  list(projectId: string, filter: AccountFilter, window: ListWindow): Promise<readonly AccountRecord[]>
  count(projectId: string, filter: AccountFilter): Promise<number>
  /** @throws {HubError} `hub/account-unknown` */
  get(projectId: string, id: string): Promise<AccountRecord>
  /** @throws {HubError} `hub/account-unknown`, `hub/account-exists` */
  update(projectId: string, id: string, changes: AccountChangeRequest, actor: Actor): Promise<AccountRecord>
  /**
   * The secrets are gone, the audit stays.
   *
   * @param detail - for the audit
   * @returns the account as it was. @throws {HubError} `hub/account-unknown`
   */
  remove(
    projectId: string,
    id: string,
    actor: Actor,
    detail?: Readonly<Record<string, string>>,
  ): Promise<AccountRecord>
  /**
   * Decrypts an account's credentials for one run.
   *
   * @throws {HubError} `hub/account-unknown`, `hub/account-inactive`, `hub/integration-unknown`, `hub/integration-inactive`, `hub/vault-unreadable`
   */
  open(projectId: string, id: string, options?: { readonly evenInactive?: boolean }): Promise<OpenedAccount>
  /** Which secrets of the form are stored. */
  storedFields(projectId: string, id: string): Promise<{ readonly secretKeys: readonly string[] }>
  /** Notes that the account was used, and what went wrong or that nothing did. */
  recordUse(projectId: string, id: string, failure: UseFailure | null): Promise<void>
}

export function createAccounts(
  store: Store,
  vault: Vault,
  integrations: IntegrationService,
  clock: () => Date,
): AccountService {
  const memory = createRenewalMemory()
  const get = async (projectId: string, id: string) =>
    (await store.accounts.get(projectId, id)) ?? unknownAccount(id)

  const subjectOf = (projectId: string, subjectId: string) =>
    ({ projectId, kind: 'account', subjectId }) as const

  return {
    list: (projectId, filter, window) => store.accounts.list(projectId, filter, window),
    count: (projectId, filter) => store.accounts.count(projectId, filter),
    get,

    async update(projectId, id, changes, actor) {
      const now = clock().toISOString()
      return store.transaction(async (repositories) => {
        const before = (await repositories.accounts.get(projectId, id)) ?? unknownAccount(id)
        const wanted = { ...before, ...changes }
        const identity = before.identityKey === null ? null : identityKey(wanted)
        if (identity !== null && identity !== before.identityKey) {
          const other = await repositories.accounts.findByIdentity(projectId, identity)
          if (other !== undefined)
            throw new HubError('hub/account-exists', {
              message: `Owner ${wanted.originOwnerId} has an account of ${before.provider} already: ${other.id}.`,
            })
        }
        const statusReasons =
          changes.status === undefined || changes.status === before.status
            ? before.statusReasons
            : changes.status === 'active'
              ? []
              : [{ code: 'suspended', description: 'Switched off by the operator.', timestamp: now }]
        const after = await repositories.accounts.update(
          projectId,
          id,
          { ...changes, statusReasons, identityKey: identity },
          now,
        )
        await repositories.audit.append(projectId, {
          at: now,
          actor: actorText(actor),
          action: 'account.updated',
          subject: `account:${id}`,
          detail: { changed: Object.keys(changes) },
        })
        if (after === undefined) return unknownAccount(id)
        await addAccountEvent(repositories, after, 'account.updated', now)
        return after
      })
    },

    async remove(projectId, id, actor, detail = {}) {
      const now = clock().toISOString()
      return store.transaction(async (repositories) => {
        const account = (await repositories.accounts.delete(projectId, id)) ?? unknownAccount(id)
        await repositories.vault.delete(subjectOf(projectId, id))
        await repositories.vault.delete({ ...subjectOf(projectId, id), kind: 'renewal' })
        await repositories.leases.remove(renewalLease({ projectId, accountId: id }))
        await repositories.audit.append(projectId, {
          at: now,
          actor: actorText(actor),
          action: 'account.deleted',
          subject: `account:${id}`,
          detail: { provider: account.provider, originOwnerId: account.originOwnerId, ...detail },
        })
        await addAccountEvent(repositories, account, 'account.deleted', now)
        return account
      })
    },

    async open(projectId, id, { evenInactive = false } = {}) {
      const account = (await store.recent.account(projectId, id)) ?? unknownAccount(id)
      if (account.status === 'inactive' && !evenInactive)
        throw new HubError('hub/account-inactive', { message: `The account ${id} is switched off.` })
      const integration = await integrations.get(projectId, account.integrationId)
      if (!integration.active)
        throw new HubError('hub/integration-inactive', {
          message: `The integration ${integration.id} is switched off.`,
        })
      const [state, setup] = await Promise.all([
        readState(store.recent, vault, projectId, id),
        integrations.setup(projectId, integration.id),
      ])
      return {
        account,
        integration,
        run: { ...runTarget(integration), setup, credentials: state.credentials },
        source: credentialSource({ store, vault, clock, memory }, projectId, id, state),
      }
    },

    async storedFields(projectId, id) {
      const account = await get(projectId, id)
      const { method } = await integrations.get(projectId, account.integrationId)
      const { credentials } = await readState(store, vault, projectId, id)
      const secret = method.configFields.filter((field) => field.secret)
      return { secretKeys: secret.map(({ key }) => key).filter((key) => (credentials[key] ?? '') !== '') }
    },

    async recordUse(projectId, id, failure) {
      const at = clock().toISOString()
      const { refused = false, ...told } = failure ?? {}
      const lastError = failure === null ? null : { ...(told as Omit<UseFailure, 'refused'>), at }
      await store.accounts.recordUse(projectId, id, { lastUsedAt: at, lastError })
      // That nobody answers says nothing about the account; a refusal does, and so does a success.
      const to = refused ? 'error' : failure === null ? 'active' : undefined
      const from = to === 'error' ? 'active' : 'error'
      const account = to === undefined ? undefined : await store.accounts.get(projectId, id)
      if (to === undefined || account?.status !== from) return
      const statusReasons =
        lastError === null
          ? []
          : [{ code: lastError.code, description: lastError.message, timestamp: lastError.at }]
      await store.accounts.update(projectId, id, { status: to, statusReasons }, at)
    },
  }
}

function unknownAccount(id: string): never {
  throw new HubError('hub/account-unknown', { message: `There is no account "${id}".` })
}
