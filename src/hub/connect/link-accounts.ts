import type { CredentialState, Flow, RunOptions } from '../../engine/index.ts'
import { AuthError } from '../../errors/index.ts'
import { accountKey } from '../accounts/account-key.ts'
import type { AccountService } from '../accounts/accounts.ts'
import { HubError } from '../hub-error.ts'
import type { Integration } from '../integrations/integration.ts'
import type { IntegrationService } from '../integrations/integrations.ts'
import type { AccountRecord, Repositories, Store } from '../store/index.ts'
import type { Vault } from '../vault/vault.ts'
import { accountToLink } from './account-to-link.ts'
import { type LinkFailure, refusedByProvider, refusedFields } from './link-failure.ts'
import type { LinkGrant } from './link-grant.ts'
import { mergeValues } from './merge-values.ts'
import { storeLink } from './store-link.ts'
import { testLink } from './test-link.ts'

/** A filled form. */
export interface LinkSubmission {
  readonly integrationId: string
  readonly values: Readonly<Record<string, unknown>>
  /** With the grant's connect session, a form that is sent twice links once. */
  readonly nonce?: string
}

export type LinkResult =
  | { readonly linked: true; readonly account: AccountRecord; readonly created: boolean }
  | { readonly linked: false; readonly failure: LinkFailure }

/** How far it has come. */
export type LinkProgress = 'checking' | 'testing' | 'storing'

export interface LinkOptions extends Pick<RunOptions, 'signal'> {
  readonly onProgress?: (progress: LinkProgress) => void
}

/** A form that was checked, with what is stored already of the account to edit. */
export type CheckedForm =
  | { readonly integration: Integration; readonly credentials: Readonly<Record<string, unknown>> }
  | { readonly failure: LinkFailure }

export interface LinkService {
  /**
   * Checks the form, tests the credentials at the provider, and stores account and secrets in one transaction: a
   * process that ends anywhere on the way leaves a linked account or none.
   *
   * @throws {HubError} `hub/integration-unknown`, `hub/integration-inactive`, `hub/account-unknown`
   */
  link(grant: LinkGrant, submission: LinkSubmission, options?: LinkOptions): Promise<LinkResult>
  /** The first part alone: nothing is sent, nothing stored. @throws as {@link LinkService.link} */
  check(grant: LinkGrant, submission: LinkSubmission): Promise<CheckedForm>
  /** The other parts: tests and stores credentials that were checked, or came from the provider itself. */
  complete(
    grant: LinkGrant,
    integration: Integration,
    state: CredentialState,
    options?: LinkOptions & {
      readonly nonce?: string | undefined
      /** Of {@link accountToLink}, where it was asked for already. */
      readonly accountId?: string
      /** Within the transaction that stores the account: what it throws undoes that. */
      readonly onStored?: (repositories: Repositories, account: AccountRecord) => Promise<void>
    },
  ): Promise<LinkResult>
  /**
   * Tests the stored credentials and notes the outcome on the account.
   *
   * @returns null where they work
   * @throws {HubError} `hub/account-unknown`, `hub/integration-unknown`, `hub/vault-unreadable`
   */
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
  readonly accounts: AccountService
  readonly clock: () => Date
  readonly flow: Flow
  readonly transport?: RunOptions['transport']
}

export function createLinking(dependencies: LinkDependencies): LinkService {
  const { store, vault, integrations, accounts, clock, flow, transport } = dependencies
  const underWay = new Map<string, Promise<LinkResult>>()
  const through = { flow, ...(transport === undefined ? {} : { transport }) }

  const check: LinkService['check'] = async (grant, submission) => {
    const integration = await integrations.get(grant.projectId, submission.integrationId)
    if (!integration.active)
      throw new HubError('hub/integration-inactive', {
        message: `${integration.connector.title} cannot be linked at the moment: the integration is switched off.`,
      })
    const former = await readFormer(grant, integration)
    const { method } = integration
    const wanted = mergeValues(method.configFields, former?.credentials ?? {}, submission.values)
    const { values, problems } = method.checkCredentials(wanted)
    if (problems.length > 0) return { failure: refusedFields(problems) }
    const given = Object.entries(values).filter(([, value]) => value !== '' && value !== undefined)
    return { integration, credentials: Object.fromEntries(given) }
  }

  const complete: LinkService['complete'] = async (grant, integration, state, options = {}) => {
    const progress = options.onProgress ?? (() => undefined)
    progress('testing')
    const setup = await integrations.setup(grant.projectId, integration.id)
    const signal = options.signal === undefined ? {} : { signal: options.signal }
    const { nonce, accountId = await accountToLink(store, grant, integration) } = options
    const account = accountKey(grant.projectId, accountId)
    const { credentials } = state
    const test = await testLink(integration, { ...signal, ...through, account, setup, credentials })
    if (test !== null) return { linked: false, failure: refusedByProvider(test, integration) }
    progress('storing')
    const stored = await store.transaction(async (repositories) => {
      const link = { accountId, grant, integration, state, nonce }
      const done = await storeLink(repositories, vault, clock().toISOString(), link)
      await options.onStored?.(repositories, done.account)
      return done
    })
    return { linked: true, ...stored }
  }

  const link: LinkService['link'] = async (grant, submission, options = {}) => {
    options.onProgress?.('checking')
    const form = await check(grant, submission)
    if ('failure' in form) return { linked: false, failure: form.failure }
    const { integration, credentials } = form
    return complete(grant, integration, { credentials }, { ...options, nonce: submission.nonce })
  }

  const readFormer = async ({ projectId, accountId }: LinkGrant, integration: Integration) => {
    if (accountId == null) return undefined
    const account = await accounts.get(projectId, accountId)
    // Another way to sign in asks for other fields: what was stored for the former one does not belong there.
    if (account.integrationId !== integration.id) return undefined
    return (await vault.read(store, { projectId, kind: 'account', subjectId: accountId }))?.value
  }

  return {
    check,
    complete,

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
      const { account, integration, run } = await accounts.open(projectId, accountId, { evenInactive: true })
      const test = await testLink(integration, {
        ...options,
        ...through,
        ...run,
        account: accountKey(projectId, accountId),
      })
      const failure = test === null ? null : refusedByProvider(test, integration)
      await accounts.recordUse(
        projectId,
        account.id,
        failure === null
          ? null
          : {
              code: failure.code,
              message: failure.headline,
              hint: failure.hint,
              refused: test?.error instanceof AuthError,
            },
      )
      return failure
    },
  }
}
