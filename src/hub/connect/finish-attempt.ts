import type { RunOptions } from '../../engine/index.ts'
import { MainspringError } from '../../errors/index.ts'
import { HubError } from '../hub-error.ts'
import type { IntegrationService } from '../integrations/integrations.ts'
import type { AttemptRecord, AttemptStatus, Repositories, Store } from '../store/index.ts'
import type { Vault } from '../vault/vault.ts'
import type { LinkResult, LinkService } from './link-accounts.ts'
import type { ArrivedTokens, PendingLink } from './pending-link.ts'

type AttemptPlace = Pick<AttemptRecord, 'projectId' | 'id'>

export interface AttemptOutcome {
  readonly status: Exclude<AttemptStatus, 'pending'>
  readonly accountId?: string
  readonly error?: AttemptRecord['error']
}

/** The last part of an authorization, from the arrival of the tokens on; taken up again after a sudden end. */
export interface AttemptFinisher {
  /** Under the lease of the attempt: one process at a time works on it, and whoever comes next sees what it has left. */
  exclusively<T>(attempt: AttemptPlace, work: () => Promise<T>): Promise<T>
  arrived(attempt: AttemptPlace): Promise<ArrivedTokens | undefined>
  keep(attempt: AttemptPlace, tokens: ArrivedTokens): Promise<void>
  /**
   * Tests, links and ends the attempt; account and end in one transaction, so that nothing is linked twice.
   *
   * @throws {HubError} `hub/session-expired`: it was given up meanwhile; and what linking throws
   */
  link(
    attempt: AttemptPlace,
    kept: PendingLink,
    tokens: ArrivedTokens,
    options?: Pick<RunOptions, 'signal'>,
  ): Promise<LinkResult>
  end(attempt: AttemptPlace, outcome: AttemptOutcome): Promise<void>
  /** Nobody comes back for it any more. */
  forget(attempt: AttemptPlace): Promise<void>
  /** Ends the attempt as the failure says. */
  fail(attempt: AttemptPlace, error: MainspringError): Promise<void>
  /**
   * For the start of a hub: links what had arrived when a process ended, and forgets attempts that nobody came back
   * from. What a provider does not answer for is left for later.
   */
  resume(options?: Pick<RunOptions, 'signal'>): Promise<void>
}

export interface AttemptDependencies {
  readonly store: Store
  readonly vault: Vault
  readonly integrations: IntegrationService
  readonly linking: LinkService
  readonly clock: () => Date
}

/** How long tokens of an attempt that could not be linked are tried again. */
const longestLeftMs = 24 * 60 * 60_000
const pageSize = 100

export function createAttemptFinisher(dependencies: AttemptDependencies): AttemptFinisher {
  const { store, vault, integrations, linking, clock } = dependencies
  const subjectOf = <Kind extends 'attempt' | 'arrival'>({ projectId, id }: AttemptPlace, kind: Kind) =>
    ({ projectId, kind, subjectId: id }) as const

  const endIn = async (
    repositories: Repositories,
    attempt: AttemptPlace,
    { status, accountId, error }: AttemptOutcome,
  ) => {
    const ended = await repositories.attempts.end(attempt.projectId, attempt.id, {
      status,
      accountId: accountId ?? null,
      error: error ?? null,
    })
    await repositories.vault.delete(subjectOf(attempt, 'arrival'))
    return ended
  }

  const arrived: AttemptFinisher['arrived'] = async (attempt) =>
    (await vault.read(store, subjectOf(attempt, 'arrival')))?.value

  const forget: AttemptFinisher['forget'] = (attempt) => store.vault.delete(subjectOf(attempt, 'attempt'))

  const end: AttemptFinisher['end'] = async (attempt, outcome) => {
    await store.transaction((repositories) => endIn(repositories, attempt, outcome))
    await forget(attempt)
  }

  const fail: AttemptFinisher['fail'] = (attempt, { code, message }) => {
    const status = code === 'auth/denied' ? 'cancelled' : code === 'auth/expired' ? 'expired' : 'error'
    return end(attempt, { status, error: { code, description: message } })
  }

  const link: AttemptFinisher['link'] = async (attempt, kept, { state, accountId }, options = {}) => {
    const integration = await integrations.get(kept.grant.projectId, kept.integrationId)
    return linking.complete(kept.grant, integration, state, {
      ...options,
      accountId,
      onStored: async (repositories, account) => {
        const outcome = { status: 'authenticated', accountId: account.id } as const
        if (!(await endIn(repositories, attempt, outcome))) throw givenUp()
      },
    })
  }

  const exclusively: AttemptFinisher['exclusively'] = ({ projectId, id }, work) =>
    store.exclusively(`link:${projectId}/${id}`, work)

  /** What the person who was cut off comes back to stays: their browser may ask again. */
  const resumeOne = async (attempt: AttemptRecord, signal: AbortSignal | undefined) => {
    const [kept, tokens] = await Promise.all([
      vault.read(store, subjectOf(attempt, 'attempt')),
      arrived(attempt),
    ])
    if (kept === undefined || tokens === undefined) return
    const isOld = Date.parse(attempt.expiresAt) + longestLeftMs < clock().getTime()
    try {
      const result = await link(attempt, kept.value, tokens, signal === undefined ? {} : { signal })
      if (result.linked) return
      const { code, headline } = result.failure
      if (isPassing(code) && !isOld) return
      await end(attempt, { status: 'error', error: { code, description: headline } })
    } catch (error) {
      if (!(error instanceof MainspringError)) throw error
      if (isPassing(error.code) && !isOld) return
      await fail(attempt, error)
    }
  }

  const subjects = async (kind: 'attempt' | 'arrival') => {
    const found: AttemptPlace[] = []
    let after: Parameters<typeof store.vault.page>[0]['after']
    for (;;) {
      const page = await store.vault.page({ after, kind, limit: pageSize })
      found.push(...page.map(({ projectId, subjectId }) => ({ projectId, id: subjectId })))
      after = page.at(-1)
      if (page.length < pageSize) return found
    }
  }

  return {
    exclusively,
    arrived,
    link,
    end,
    forget,
    fail,

    async keep(attempt, tokens) {
      await vault.write(store, subjectOf(attempt, 'arrival'), tokens)
    },

    async resume({ signal } = {}) {
      for (const place of await subjects('arrival')) {
        if (signal?.aborted) return
        await exclusively(place, async () => {
          const attempt = await store.attempts.get(place.projectId, place.id)
          if (attempt?.status === 'pending') await resumeOne(attempt, signal)
          else await store.vault.delete(subjectOf(place, 'arrival'))
        })
      }
      const longAgo = new Date(clock().getTime() - longestLeftMs).toISOString()
      for (const place of await subjects('attempt')) {
        const attempt = await store.attempts.get(place.projectId, place.id)
        if (attempt === undefined) await forget(place)
        else if (attempt.expiresAt < longAgo && (await arrived(place)) === undefined)
          await end(attempt, { status: 'expired' })
      }
    },
  }
}

/** Says nothing about the tokens: they may work another time. */
function isPassing(code: string): boolean {
  return /^(?:network|flow)\/|^(?:provider\/(?:failed|rate-limited)|call\/aborted|policy\/address-not-allowed|hub\/store-.*)$/.test(
    code,
  )
}

function givenUp(): HubError {
  return new HubError('hub/session-expired', { message: 'This authorization was given up meanwhile.' })
}
