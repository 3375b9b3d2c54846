import type { RunOptions } from '../../engine/index.ts'
import { identityKey } from '../accounts/identity-key.ts'
import { type Actor, actorText } from '../audit/actor.ts'
import { HubError } from '../hub-error.ts'
import type { Integration } from '../integrations/integration.ts'
import type { IntegrationService } from '../integrations/integrations.ts'
import type { AccountRecord, AccountType, Repositories, Store } from '../store/index.ts'
import { createId } from '../token.ts'
import type { Credentials, Vault } from '../vault/vault.ts'
import { type LinkFailure, refusedByProvider, refusedFields } from './link-failure.ts'
import { mergeValues } from './merge-values.ts'
import { testCredentials } from './test-credentials.ts'

/** Who may link an account, for whom and how: decided on the server, never by the form. */
export interface LinkGrant {
  readonly projectId: string
  readonly actor: Actor
  readonly owner: { readonly id: string; readonly name: string; readonly username?: string | null }
  /** The account to edit: it keeps its id, and values not given keep what is stored. */
  readonly accountId?: string | null
  /** The owner may have several accounts of the provider. */
  readonly multiple?: boolean
  readonly label?: string | null
  readonly metadata?: Readonly<Record<string, unknown>>
  /** What the integration says by default: `test` for a sandbox. */
  readonly type?: AccountType | null
  /** With `nonce`, a form that is sent twice links once. */
  readonly connectSessionId?: number
}

/** A filled form. */
export interface LinkSubmission {
  readonly integrationId: string
  readonly values: Readonly<Record<string, unknown>>
  readonly nonce?: string
}

export type LinkResult =
  | { readonly linked: true; readonly account: AccountRecord; readonly created: boolean }
  | { readonly linked: false; readonly failure: LinkFailure }

/** How far it has come. */
export type LinkProgress = 'checking' | 'testing' | 'storing'

export interface LinkService {
  /**
   * Checks the form, tests the credentials at the provider, and stores account and secrets in one transaction: a
   * process that ends anywhere on the way leaves a linked account or none.
   *
   * @throws {HubError} `hub/integration-unknown`, `hub/integration-inactive`, `hub/account-unknown`
   */
  link(
    grant: LinkGrant,
    submission: LinkSubmission,
    options?: Pick<RunOptions, 'signal'> & { readonly onProgress?: (progress: LinkProgress) => void },
  ): Promise<LinkResult>
  /** Tests the stored credentials and notes the outcome on the account. @returns null where they work */
  testAccount(
    projectId: string,
    accountId: string,
    options?: Pick<RunOptions, 'signal'>,
  ): Promise<LinkFailure | null>
}

export interface LinkDependencies {
  readonly store: Store
  readonly vault: Vault
  readonly integrations: IntegrationService
  readonly clock: () => Date
  readonly transport?: RunOptions['transport']
}

export function createLinking(dependencies: LinkDependencies): LinkService {
  const { store, vault, integrations, clock, transport } = dependencies
  const underWay = new Map<string, Promise<LinkResult>>()
  const through = transport === undefined ? {} : { transport }

  const link: LinkService['link'] = async (grant, submission, options = {}) => {
    const { projectId, connectSessionId } = grant
    const progress = options.onProgress ?? (() => undefined)
    const signal = options.signal === undefined ? {} : { signal: options.signal }
    progress('checking')
    const integration = await integrations.get(projectId, submission.integrationId)
    if (!integration.active)
      throw new HubError('hub/integration-inactive', {
        message: `${integration.connector.title} cannot be linked at the moment: the integration is switched off.`,
      })
    const former = await readFormer(grant, integration)
    const { method } = integration
    const wanted = mergeValues(method.configFields, former?.values ?? {}, submission.values)
    const { values, problems } = method.checkCredentials(wanted)
    if (problems.length > 0) return { linked: false, failure: refusedFields(problems) }
    const credentials = textsOf(values)

    progress('testing')
    const refusal = await testCredentials(integration, credentials, { ...signal, ...through })
    if (refusal !== null) return { linked: false, failure: refusedByProvider(refusal, integration) }

    progress('storing')
    return store.transaction(async (repositories) => {
      if (connectSessionId !== undefined && submission.nonce !== undefined) {
        const earlier = await repositories.connectSessions.findSubmission(connectSessionId, submission.nonce)
        const account = earlier && (await repositories.accounts.get(projectId, earlier))
        if (account) return { linked: true, account, created: false }
      }
      const stored = await storeAccount(repositories, grant, integration, credentials)
      if (connectSessionId !== undefined && submission.nonce !== undefined)
        await repositories.connectSessions.addSubmission(
          connectSessionId,
          submission.nonce,
          stored.account.id,
          clock().toISOString(),
        )
      return { linked: true, ...stored }
    })
  }

  const readFormer = async (grant: LinkGrant, integration: Integration) => {
    if (grant.accountId == null) return undefined
    const { projectId, accountId } = grant
    const account = await store.accounts.get(projectId, accountId)
    if (account === undefined)
      throw new HubError('hub/account-unknown', { message: `There is no account "${accountId}".` })
    const opened = await vault.read(store, { projectId, kind: 'account', subjectId: accountId })
    // Another way to sign in asks for other fields: what was stored for the former one does not belong there.
    return account.integrationId === integration.id ? opened : undefined
  }

  const storeAccount = async (
    repositories: Repositories,
    grant: LinkGrant,
    integration: Integration,
    credentials: Credentials,
  ) => {
    const { projectId } = grant
    const now = clock().toISOString()
    const facts = {
      provider: integration.connector.key,
      integrationId: integration.id,
      authentication: integration.method.key,
      environment: integration.environment.key,
      setupInformation: plainValues(integration, credentials),
      status: 'active',
      statusReasons: [],
      lastError: null,
    } as const
    const { account, created } =
      grant.accountId == null
        ? await linkOwner(repositories, grant, integration, facts, now)
        : await editAccount(repositories, projectId, grant.accountId, facts, now)
    await vault.write(repositories, { projectId, kind: 'account', subjectId: account.id }, credentials)
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
    return { account, created }
  }

  return {
    link(grant, submission, options) {
      const { connectSessionId } = grant
      if (connectSessionId === undefined || submission.nonce === undefined)
        return link(grant, submission, options)
      // The second of two clicks waits for the first and shares its result.
      const form = `${connectSessionId} ${submission.nonce}`
      const running = underWay.get(form)
      if (running !== undefined) return running
      const started = link(grant, submission, options).finally(() => underWay.delete(form))
      underWay.set(form, started)
      return started
    },

    async testAccount(projectId, accountId, options = {}) {
      const account = await store.accounts.get(projectId, accountId)
      if (account === undefined)
        throw new HubError('hub/account-unknown', { message: `There is no account "${accountId}".` })
      const integration = await integrations.get(projectId, account.integrationId)
      const opened = await vault.read(store, { projectId, kind: 'account', subjectId: accountId })
      const refusal = await testCredentials(integration, opened?.values ?? {}, { ...options, ...through })
      const failure = refusal === null ? null : refusedByProvider(refusal, integration)
      await noteTest(account, failure)
      return failure
    },
  }

  async function noteTest(account: AccountRecord, failure: LinkFailure | null): Promise<void> {
    const now = clock().toISOString()
    const lastError =
      failure === null ? null : { code: failure.code, message: failure.headline, hint: failure.hint, at: now }
    // Only a refusal says something about the account; that nobody answers says nothing.
    const refused = failure?.code === 'auth/rejected' || failure?.code === 'auth/forbidden'
    const works = failure === null && account.status === 'error'
    await store.accounts.update(
      account.projectId,
      account.id,
      {
        lastUsedAt: now,
        lastError,
        ...(refused && account.status === 'active'
          ? {
              status: 'error',
              statusReasons: [{ code: failure.code, description: failure.headline, timestamp: now }],
            }
          : {}),
        ...(works ? { status: 'active', statusReasons: [] } : {}),
      },
      now,
    )
  }
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
  facts: LinkFacts,
  now: string,
) {
  const id = createId('acc')
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
) {
  const account = await repositories.accounts.update(projectId, accountId, facts, now)
  if (account === undefined)
    throw new HubError('hub/account-unknown', { message: `There is no account "${accountId}".` })
  return { account, created: false }
}

function plainValues({ method }: Integration, credentials: Credentials): Record<string, string> {
  const plain = method.configFields.filter((field) => !field.secret).map(({ key }) => key)
  return Object.fromEntries(
    plain.flatMap((key) => (credentials[key] === undefined ? [] : [[key, credentials[key]]])),
  )
}

function textsOf(values: Readonly<Record<string, unknown>>): Credentials {
  return Object.fromEntries(
    Object.entries(values).flatMap(([key, value]) =>
      typeof value === 'string' && value !== '' ? [[key, value]] : [],
    ),
  )
}
