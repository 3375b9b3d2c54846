import type { RunOptions } from '../../engine/index.ts'
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
import { identityKey } from './identity-key.ts'

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
  /** Credentials, authentication, environment and origin, for `runAction` and the others. */
  readonly run: Pick<
    RunOptions,
    'credentials' | 'authentication' | 'environment' | 'origin' | 'allowedOrigins'
  >
  /** Of the credentials; a token that a run has renewed is stored for this version only. */
  readonly credentialVersion: number
}

export interface AccountService {
  /** Newest first. */
  list(projectId: string, filter: AccountFilter, window: ListWindow): Promise<readonly AccountRecord[]>
  count(projectId: string, filter: AccountFilter): Promise<number>
  /** @throws {HubError} `hub/account-unknown` */
  get(projectId: string, id: string): Promise<AccountRecord>
  /** @throws {HubError} `hub/account-unknown`, `hub/account-exists` */
  update(projectId: string, id: string, changes: AccountChangeRequest, actor: Actor): Promise<AccountRecord>
  /** The secrets are gone, the audit stays. @returns the account as it was. @throws {HubError} `hub/account-unknown` */
  remove(projectId: string, id: string, actor: Actor): Promise<AccountRecord>
  /**
   * Decrypts an account's credentials for one run.
   *
   * @throws {HubError} `hub/account-unknown`, `hub/account-inactive`, `hub/integration-unknown`, `hub/integration-inactive`, `hub/vault-unreadable`
   */
  open(projectId: string, id: string): Promise<OpenedAccount>
  /** The parts of a stored form that may be seen, and whether each secret is there. */
  storedFields(projectId: string, id: string): Promise<{ readonly secretKeys: readonly string[] }>
  /** Notes that the account was used, and what went wrong or that nothing did. */
  recordUse(projectId: string, id: string, failure: Omit<AccountFailure, 'at'> | null): Promise<void>
}

export function createAccounts(
  store: Store,
  vault: Vault,
  integrations: IntegrationService,
  clock: () => Date,
): AccountService {
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
        return after ?? unknownAccount(id)
      })
    },

    async remove(projectId, id, actor) {
      const now = clock().toISOString()
      return store.transaction(async (repositories) => {
        const account = (await repositories.accounts.delete(projectId, id)) ?? unknownAccount(id)
        await repositories.vault.delete(subjectOf(projectId, id))
        await repositories.audit.append(projectId, {
          at: now,
          actor: actorText(actor),
          action: 'account.deleted',
          subject: `account:${id}`,
          detail: { provider: account.provider, originOwnerId: account.originOwnerId },
        })
        return account
      })
    },

    async open(projectId, id) {
      const account = await get(projectId, id)
      if (account.status === 'inactive')
        throw new HubError('hub/account-inactive', { message: `The account ${id} is switched off.` })
      const integration = await integrations.get(projectId, account.integrationId)
      if (!integration.active)
        throw new HubError('hub/integration-inactive', {
          message: `The integration ${integration.id} is switched off.`,
        })
      const opened = await vault.read(store, subjectOf(projectId, id))
      if (opened === undefined)
        throw new HubError('hub/vault-unreadable', {
          message: `The account ${id} has no stored credentials.`,
        })
      return {
        account,
        integration,
        run: { credentials: opened.values, ...runTarget(integration) },
        credentialVersion: opened.version,
      }
    },

    async storedFields(projectId, id) {
      const account = await get(projectId, id)
      const { method } = await integrations.get(projectId, account.integrationId)
      const opened = await vault.read(store, subjectOf(projectId, id))
      const secret = method.configFields.filter((field) => field.secret)
      return {
        secretKeys: secret.map(({ key }) => key).filter((key) => (opened?.values[key] ?? '') !== ''),
      }
    },

    async recordUse(projectId, id, failure) {
      const at = clock().toISOString()
      await store.accounts.recordUse(projectId, id, {
        lastUsedAt: at,
        lastError: failure === null ? null : { ...failure, at },
      })
    },
  }
}

/** Where the calls of an integration go, as the engine is told. */
export function runTarget({
  method,
  origin,
  runEnvironment,
}: Integration): Omit<OpenedAccount['run'], 'credentials'> {
  return {
    authentication: method.key,
    ...(runEnvironment === undefined ? {} : { environment: runEnvironment }),
    // The origin is the operator's own word, in the configuration: it needs no further leave.
    ...(origin === undefined ? {} : { origin, allowedOrigins: [origin] }),
  }
}

function unknownAccount(id: string): never {
  throw new HubError('hub/account-unknown', { message: `There is no account "${id}".` })
}
