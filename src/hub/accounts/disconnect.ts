import type { Actor } from '../audit/actor.ts'
import type { SubscriptionService } from '../events/subscriptions.ts'
import type { AccountRecord } from '../store/index.ts'
import type { AccountService } from './accounts.ts'

/**
 * Takes an account away with all that depends on it: what the provider was asked to deliver ends first, while there are
 * credentials to say so. A provider that does not answer is no reason to keep the account.
 *
 * @returns the account as it was. @throws {HubError} `hub/account-unknown`
 */
export type Disconnect = (projectId: string, id: string, actor: Actor) => Promise<AccountRecord>

export function createDisconnect(accounts: AccountService, subscriptions: SubscriptionService): Disconnect {
  return async (projectId, id, actor) => {
    await subscriptions.endAll(projectId, id, actor)
    return accounts.remove(projectId, id, actor)
  }
}
