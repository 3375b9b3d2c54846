import { beginAuthorization, completeAuthorization, type Flow, type RunOptions } from '../../engine/index.ts'
import { MainspringError } from '../../errors/index.ts'
import { accountKey } from '../accounts/account-key.ts'
import { runTarget } from '../accounts/run-target.ts'
import { HubError } from '../hub-error.ts'
import type { IntegrationService } from '../integrations/integrations.ts'
import type { AttemptRecord, AttemptStatus, Store } from '../store/index.ts'
import { createId, createToken, hashToken } from '../token.ts'
import type { Vault } from '../vault/vault.ts'
import { accountToLink } from './account-to-link.ts'
import type { LinkResult, LinkService, LinkSubmission } from './link-accounts.ts'
import type { LinkFailure } from './link-failure.ts'
import type { LinkGrant } from './link-grant.ts'
import type { PendingLink } from './pending-link.ts'

export type BegunLink =
  | {
      readonly begun: true
      /** The provider's page, where the browser is to go. */
      readonly url: string
      readonly attemptId: string
      /** For a cookie of this browser: only it may come back. */
      readonly browserToken: string
    }
  | { readonly begun: false; readonly failure: LinkFailure }

/** A browser that came back from the provider. */
export interface CompletedLink {
  readonly attempt: AttemptRecord
  readonly result: LinkResult | null
  /** Where the browser goes now. */
  readonly returnTo: string
}

/** Links accounts by the consent of a person at the provider's own page. */
export interface AuthorizationService {
  /** An attempt that somebody watches while it has not begun. */
  prepare(projectId: string, connectSessionId: number | null): Promise<AttemptRecord>
  /**
   * Checks what the person has entered, and gives the page to go to.
   *
   * @param attemptId - one that was prepared; a new one otherwise
   * @throws {HubError} as linking; {AuthError} `auth/unsupported-flow`, `auth/missing-credential`: the operator's values
   */
  begin(
    grant: LinkGrant,
    submission: LinkSubmission & { readonly returnTo: string; readonly attemptId?: string },
    options?: Pick<RunOptions, 'signal'>,
  ): Promise<BegunLink>
  /**
   * Takes the return of a browser: exchanges the code, tests, links.
   *
   * @throws {HubError} `hub/session-expired`: unknown, used before, too old, or of another browser
   */
  complete(
    callbackParams: URLSearchParams,
    browserToken: string | undefined,
    options?: Pick<RunOptions, 'signal'>,
  ): Promise<CompletedLink>
  /** Undefined where there is none. One that is too old is `expired`. */
  find(projectId: string, attemptId: string): Promise<AttemptRecord | undefined>
  /** Nothing is linked any more by this attempt. */
  cancel(projectId: string, attemptId: string): Promise<void>
}

/** The address of return that connectors in the published format are registered with. */
export function callbackPath(provider: string): string {
  return `/connect/oauth2/${provider}/callback`
}

/** Long enough to sign in at the provider with a second factor. */
const attemptLifeMs = 15 * 60_000

export interface AuthorizationDependencies {
  readonly store: Store
  readonly vault: Vault
  readonly integrations: IntegrationService
  readonly linking: LinkService
  readonly baseUrl: () => string
  readonly clock: () => Date
  readonly flow: Flow
  readonly transport?: RunOptions['transport']
}

export function createAuthorizations(dependencies: AuthorizationDependencies): AuthorizationService {
  const { store, vault, integrations, linking, baseUrl, clock, flow, transport } = dependencies
  const base = { now: () => clock().getTime(), flow, ...(transport === undefined ? {} : { transport }) }

  const prepare: AuthorizationService['prepare'] = async (projectId, connectSessionId) => {
    const now = clock()
    const attempt: AttemptRecord = {
      id: createId('att'),
      projectId,
      connectSessionId,
      integrationId: null,
      stateHash: null,
      status: 'pending',
      accountId: null,
      error: null,
      createdAt: now.toISOString(),
      expiresAt: new Date(now.getTime() + attemptLifeMs).toISOString(),
    }
    await store.attempts.add(attempt)
    return attempt
  }

  const find: AuthorizationService['find'] = async (projectId, attemptId) => {
    const attempt = await store.attempts.get(projectId, attemptId)
    if (attempt?.status !== 'pending' || attempt.expiresAt > clock().toISOString()) return attempt
    await end(attempt, 'expired', null)
    return store.attempts.get(projectId, attemptId)
  }

  const end = async (
    { projectId, id }: AttemptRecord,
    status: AttemptStatus,
    error: AttemptRecord['error'],
    accountId: string | null = null,
  ) => {
    await store.attempts.end(projectId, id, { status, error, accountId })
    await store.vault.delete({ projectId, kind: 'attempt', subjectId: id })
  }

  return {
    prepare,
    find,

    async begin(grant, submission, options = {}) {
      const { projectId } = grant
      const form = await linking.check(grant, submission)
      if ('failure' in form) return { begun: false, failure: form.failure }
      const { integration, credentials } = form
      const state = createToken('state')
      const browserToken = createToken('browser')
      const { url, pending } = await beginAuthorization(integration.connector, {
        ...runTarget(integration),
        ...base,
        ...options,
        setup: await integrations.setup(projectId, integration.id),
        credentials,
        state,
        redirectUri: `${baseUrl()}${callbackPath(integration.connector.key)}`,
      })
      const prepared =
        submission.attemptId === undefined
          ? await prepare(projectId, grant.connectSessionId ?? null)
          : await find(projectId, submission.attemptId)
      if (prepared === undefined) throw unknownAttempt()
      await store.transaction(async (repositories) => {
        const { attempts } = repositories
        const begun = await attempts.begin(projectId, prepared.id, integration.id, hashToken(state))
        if (begun === undefined) throw unknownAttempt()
        const kept: PendingLink = {
          pending,
          grant,
          integrationId: integration.id,
          returnTo: submission.returnTo,
          browserHash: hashToken(browserToken),
        }
        await vault.write(repositories, { projectId, kind: 'attempt', subjectId: prepared.id }, kept)
      })
      return { begun: true, url, attemptId: prepared.id, browserToken }
    },

    async complete(callbackParams, browserToken, options = {}) {
      const stateHash = hashToken(callbackParams.get('state') ?? '')
      const found = await store.attempts.findByState(stateHash)
      if (found === undefined) throw unknownAttempt()
      const { projectId, id } = found
      const subject = { projectId, kind: 'attempt', subjectId: id } as const
      const kept = (await vault.read(store, subject))?.value
      // Somebody may have been sent to a page that another person has begun: their account would be linked to that person.
      if (kept === undefined || browserToken === undefined || hashToken(browserToken) !== kept.browserHash)
        throw unknownAttempt()
      const attempt = await find(projectId, id)
      const claimed = await store.attempts.claimState(projectId, id, stateHash)
      if (attempt === undefined || (attempt.status === 'pending' && !claimed)) throw unknownAttempt()
      const outcome = async (result: LinkResult | null): Promise<CompletedLink> => ({
        attempt: (await store.attempts.get(projectId, id)) ?? attempt,
        result,
        returnTo: kept.returnTo,
      })
      if (attempt.status !== 'pending') return outcome(null)
      try {
        const integration = await integrations.get(projectId, kept.integrationId)
        const { authentication: _method, environment: _environment, ...target } = runTarget(integration)
        const accountId = await accountToLink(store, kept.grant, integration)
        const state = await completeAuthorization(integration.connector, {
          ...target,
          ...base,
          ...options,
          account: accountKey(projectId, accountId),
          setup: await integrations.setup(projectId, integration.id),
          pending: kept.pending,
          callbackParams,
        })
        const result = await linking.complete(kept.grant, integration, state, { ...options, accountId })
        if (result.linked) await end(attempt, 'authenticated', null, result.account.id)
        else await end(attempt, 'error', { code: result.failure.code, description: result.failure.headline })
        return await outcome(result)
      } catch (error) {
        if (!(error instanceof MainspringError)) throw error
        const left = error.code === 'auth/denied'
        await end(attempt, left ? 'cancelled' : error.code === 'auth/expired' ? 'expired' : 'error', {
          code: error.code,
          description: error.message,
        })
        return outcome(null)
      }
    },

    async cancel(projectId, attemptId) {
      const attempt = await store.attempts.get(projectId, attemptId)
      if (attempt !== undefined) await end(attempt, 'cancelled', null)
    },
  }
}

function unknownAttempt(): HubError {
  return new HubError('hub/session-expired', {
    message: 'This authorization is not known, was completed before, or was begun in another browser.',
    hint: 'Begin to link the account again, and stay in one browser.',
  })
}
