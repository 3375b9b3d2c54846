import { beginAuthorization, completeAuthorization, type Flow, type RunOptions } from '../../engine/index.ts'
import { MainspringError } from '../../errors/index.ts'
import { accountKey } from '../accounts/account-key.ts'
import { runTarget } from '../accounts/run-target.ts'
import { HubError } from '../hub-error.ts'
import type { IntegrationService } from '../integrations/integrations.ts'
import type { AttemptRecord, Store } from '../store/index.ts'
import { createId, createToken, hashToken } from '../token.ts'
import type { Vault } from '../vault/vault.ts'
import { accountToLink } from './account-to-link.ts'
import { type AttemptFinisher, createAttemptFinisher } from './finish-attempt.ts'
import type { LinkResult, LinkService, LinkSubmission } from './link-accounts.ts'
import type { LinkFailure } from './link-failure.ts'
import type { LinkGrant } from './link-grant.ts'
import type { ArrivedTokens, PendingLink } from './pending-link.ts'

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
   * Takes the return of a browser: exchanges the code, writes the tokens down, tests, links. A browser that was cut off
   * by a sudden end may come again by the same address.
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
  /** For the start of a hub: see {@link AttemptFinisher.resume}. */
  resume: AttemptFinisher['resume']
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

  const finisher = createAttemptFinisher({ store, vault, integrations, linking, clock })

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
    // The person has done their part; a process that ended is what it waits for.
    if ((await finisher.arrived(attempt)) !== undefined) return attempt
    await finisher.end(attempt, { status: 'expired' })
    return store.attempts.get(projectId, attemptId)
  }

  /** What was begun, for the browser that has begun it. @throws {HubError} `hub/session-expired` */
  const readKept = async ({ projectId, id }: AttemptRecord, browserToken: string | undefined) => {
    const kept = (await vault.read(store, { projectId, kind: 'attempt', subjectId: id }))?.value
    // Somebody may have been sent to a page that another person has begun: their account would be linked to that person.
    if (kept === undefined || browserToken === undefined || hashToken(browserToken) !== kept.browserHash)
      throw unknownAttempt()
    return kept
  }

  const exchange = async (
    kept: PendingLink,
    callbackParams: URLSearchParams,
    options: Pick<RunOptions, 'signal'>,
  ): Promise<ArrivedTokens> => {
    const { projectId } = kept.grant
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
    return { state, accountId }
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
      const found = await store.attempts.findByState(hashToken(callbackParams.get('state') ?? ''))
      if (found === undefined) throw unknownAttempt()
      await readKept(found, browserToken)
      return finisher.exclusively(found, async () => {
        // Whoever was quicker has ended it, and left nothing.
        const kept = await readKept(found, browserToken)
        const attempt = await find(found.projectId, found.id)
        if (attempt === undefined) throw unknownAttempt()
        const outcome = async (result: LinkResult | null): Promise<CompletedLink> => ({
          attempt: (await store.attempts.get(attempt.projectId, attempt.id)) ?? attempt,
          result,
          returnTo: kept.returnTo,
        })
        if (attempt.status !== 'pending') {
          // Linked while the browser was cut off: told once.
          await finisher.forget(attempt)
          return outcome(null)
        }
        try {
          // A process that ended may have sent the code before; no answer has reached anybody, so it is sent again.
          let tokens = await finisher.arrived(attempt)
          if (tokens === undefined) {
            tokens = await exchange(kept, callbackParams, options)
            await finisher.keep(attempt, tokens)
          }
          const result = await finisher.link(attempt, kept, tokens, options)
          if (result.linked) await finisher.forget(attempt)
          else {
            const { code, headline } = result.failure
            await finisher.end(attempt, { status: 'error', error: { code, description: headline } })
          }
          return await outcome(result)
        } catch (error) {
          if (!(error instanceof MainspringError)) throw error
          await finisher.fail(attempt, error)
          return outcome(null)
        }
      })
    },

    resume: finisher.resume,

    async cancel(projectId, attemptId) {
      const attempt = await store.attempts.get(projectId, attemptId)
      if (attempt !== undefined) await finisher.end(attempt, { status: 'cancelled' })
    },
  }
}

function unknownAttempt(): HubError {
  return new HubError('hub/session-expired', {
    message: 'This authorization is not known, was completed before, or was begun in another browser.',
    hint: 'Begin to link the account again, and stay in one browser.',
  })
}
