import type { Actor } from '../audit/actor.ts'
import type { SubscriptionService } from '../events/subscriptions.ts'
import type { AccountRecord } from '../store/index.ts'
import type { AccountService } from './accounts.ts'
import type { Revocation, RevokeTokens } from './revoke-tokens.ts'

export interface Disconnected {
  /** As it was. */
  readonly account: AccountRecord
  readonly revocation: Revocation
}

/**
 * Takes an account away with all that depends on it: what the provider was asked to deliver ends first, while there are
 * credentials to say so, then the provider takes its tokens back. One that does not answer is no reason to keep the
 * account.
 *
 * @throws {HubError} `hub/account-unknown`
 */
export type Disconnect = (projectId: string, id: string, actor: Actor) => Promise<Disconnected>

export function createDisconnect(
  accounts: AccountService,
  subscriptions: SubscriptionService,
  revokeTokens: RevokeTokens,
): Disconnect {
  return async (projectId, id, actor) => {
    await accounts.get(projectId, id)
    await subscriptions.endAll(projectId, id, actor)
    const revocation = await revokeTokens(projectId, id, actor)
    const { outcome, code } = revocation
    const detail = { revocation: outcome, ...(code === undefined ? {} : { revocationCode: code }) }
    return { account: await accounts.remove(projectId, id, actor, detail), revocation }
  }
}
