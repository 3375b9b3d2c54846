import type { CredentialState } from '../../engine/index.ts'
import { identityKey } from '../accounts/identity-key.ts'
import { actorText } from '../audit/actor.ts'
import { HubError } from '../hub-error.ts'
import type { Integration } from '../integrations/integration.ts'
import type { AccountRecord, Repositories } from '../store/index.ts'
import type { Vault } from '../vault/vault.ts'
import { addAccountEvent } from '../webhooks/account-event.ts'
import type { LinkGrant } from './link-grant.ts'

export interface StoredLink {
  readonly account: AccountRecord
  /** False where an account that was there was brought up to date. */
  readonly created: boolean
}

/**
 * Stores a link whose credentials were proved: account, secrets, audit, and which form it came from. To be called within
 * a transaction, so that all of it is there or nothing.
 *
 * @throws {HubError} `hub/account-unknown`: the account to edit
 */
export async function storeLink(
  repositories: Repositories,
  vault: Vault,
  now: string,
  {
    accountId,
    grant,
    integration,
    state,
    nonce,
  }: {
    /** For an account that is new. */
    readonly accountId: string
    readonly grant: LinkGrant
    readonly integration: Integration
    readonly state: CredentialState
    readonly nonce?: string | undefined
  },
): Promise<StoredLink> {
  const { projectId, connectSessionId } = grant
  const form = connectSessionId !== undefined && nonce !== undefined ? { connectSessionId, nonce } : undefined
  if (form !== undefined) {
    const earlier = await repositories.connectSessions.findSubmission(form.connectSessionId, form.nonce)
    const account = earlier && (await repositories.accounts.get(projectId, earlier))
    if (account) return { account, created: false }
  }
  const facts: LinkFacts = {
    provider: integration.connector.key,
    integrationId: integration.id,
    authentication: integration.method.key,
    environment: integration.environment.key,
    setupInformation: plainValues(integration, state),
    status: 'active',
    statusReasons: [],
    lastError: null,
  }
  const stored =
    grant.accountId == null
      ? await linkOwner(repositories, grant, integration, accountId, facts, now)
      : await editAccount(repositories, projectId, grant.accountId, facts, now)
  const { account, created } = stored
  await vault.write(repositories, { projectId, kind: 'account', subjectId: account.id }, state)
  await repositories.audit.append(projectId, {
    at: now,
    actor: actorText(grant.actor),
    action: created ? 'account.linked' : 'account.relinked',
    subject: `account:${account.id}`,
    detail: {
      provider: account.provider,
      originOwnerId: account.originOwnerId,
      integration: integration.id,
    },
  })
  await addAccountEvent(repositories, account, created ? 'account.created' : 'account.updated', now)
  if (form !== undefined)
    await repositories.connectSessions.addSubmission(form.connectSessionId, form.nonce, account.id, now)
  return stored
}

type LinkFacts = Pick<
  AccountRecord,
  | 'provider'
  | 'integrationId'
  | 'authentication'
  | 'environment'
  | 'setupInformation'
  | 'status'
  | 'statusReasons'
  | 'lastError'
>

async function linkOwner(
  repositories: Repositories,
  { projectId, owner, multiple, label, metadata, type }: LinkGrant,
  integration: Integration,
  id: string,
  facts: LinkFacts,
  now: string,
): Promise<StoredLink> {
  const identity = { provider: facts.provider, originOwnerId: owner.id, originOwnerName: owner.name }
  const identified = multiple === true ? null : identityKey(identity)
  const former =
    identified === null ? undefined : await repositories.accounts.findByIdentity(projectId, identified)
  const account = await repositories.accounts.link({
    ...facts,
    ...identity,
    id,
    projectId,
    type: type ?? integration.accountType,
    originUsername: owner.username ?? former?.originUsername ?? null,
    label: label ?? former?.label ?? null,
    metadata: { ...former?.metadata, ...metadata },
    identityKey: identified,
    lastUsedAt: null,
    createdAt: now,
    updatedAt: now,
  })
  return { account, created: account.id === id }
}

async function editAccount(
  repositories: Repositories,
  projectId: string,
  accountId: string,
  facts: LinkFacts,
  now: string,
): Promise<StoredLink> {
  const account = await repositories.accounts.update(projectId, accountId, facts, now)
  if (account === undefined)
    throw new HubError('hub/account-unknown', { message: `There is no account "${accountId}".` })
  return { account, created: false }
}

/** What may be seen of the form: fields that the definition does not call secret. */
function plainValues({ method }: Integration, { credentials }: CredentialState): Record<string, string> {
  const plain = method.configFields.filter((field) => !field.secret).map(({ key }) => key)
  return Object.fromEntries(
    plain.flatMap((key) => {
      const value = credentials[key]
      return typeof value === 'string' && value !== '' ? [[key, value]] : []
    }),
  )
}
