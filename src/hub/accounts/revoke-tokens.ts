import { setTimeout as sleep } from 'node:timers/promises'
import { type Flow, isRevocable, type RunOptions, revokeCredentials } from '../../engine/index.ts'
import { MainspringError } from '../../errors/index.ts'
import type { Actor } from '../audit/actor.ts'
import type { PolicyService } from '../policies/policies.ts'
import { accountKey } from './account-key.ts'
import type { AccountService, OpenedAccount } from './accounts.ts'

/** What came of telling the provider that the tokens of an account are no longer needed. */
export interface Revocation {
  /**
   * - `revoked`: the provider took them back
   * - `unsupported`: the definition says no way, or there are no tokens
   * - `refused`: a policy or the network rules forbid it; nothing was sent
   * - `failed`: they may work at the provider until they end
   */
  readonly outcome: 'revoked' | 'unsupported' | 'refused' | 'failed'
  /** Of the error behind a refusal or failure. */
  readonly code?: string
  /** A sentence for people, without secrets. */
  readonly message?: string
}

/** Never throws: whatever comes of it, the account can go. */
export type RevokeTokens = (projectId: string, accountId: string, actor: Actor) => Promise<Revocation>

export interface RevocationDependencies {
  readonly accounts: AccountService
  readonly policies: PolicyService
  readonly clock: () => Date
  readonly flow: Flow
  readonly transport: NonNullable<RunOptions['transport']>
}

/** Somebody waits for the end of the account meanwhile. */
const timeoutMs = 4_000
const waitsMs = [500, 1_500]

export function createTokenRevocation(dependencies: RevocationDependencies): RevokeTokens {
  const { accounts, policies, clock, flow, transport } = dependencies

  const revoke = async (
    projectId: string,
    accountId: string,
    { integration, source, run }: OpenedAccount,
  ): Promise<Revocation> => {
    // Under the lease of renewals: the tokens that a renewal is about to bring would live on.
    const work = async () => {
      const { credentials } = await source.read()
      const revoked = await revokeCredentials(integration.connector, {
        ...run,
        credentials,
        account: accountKey(projectId, accountId),
        timeoutMs,
        now: () => clock().getTime(),
        flow,
        transport,
      })
      return { outcome: revoked.length === 0 ? 'unsupported' : 'revoked' } as const
    }
    return source.exclusively === undefined ? work() : source.exclusively(work)
  }

  return async (projectId, accountId, actor) => {
    try {
      const opened = await accounts.open(projectId, accountId, { evenInactive: true })
      const { connector, method } = opened.integration
      if (!isRevocable(connector, method.key)) return { outcome: 'unsupported' }
      const caller = { projectId, actor, accountId: null, canWrite: true, agent: false }
      const refusal = (await policies.of(caller, accountId)).refusesCall(connector.key, 'POST')
      if (refusal !== undefined)
        return {
          outcome: 'refused',
          code: 'policy/action-not-allowed',
          message: `Nothing was sent: ${refusal}.`,
        }
      for (const waitMs of waitsMs)
        try {
          return await revoke(projectId, accountId, opened)
        } catch (error) {
          if (!(error instanceof MainspringError && error.retryable)) throw error
          await sleep(waitMs)
        }
      return await revoke(projectId, accountId, opened)
    } catch (error) {
      if (!(error instanceof MainspringError))
        return {
          outcome: 'failed',
          code: 'internal/bug',
          message: 'The revocation met an unexpected failure.',
        }
      const { code, message } = error
      return { outcome: code.startsWith('policy/') ? 'refused' : 'failed', code, message }
    }
  }
}
