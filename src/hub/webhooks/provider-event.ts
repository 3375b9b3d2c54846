import type { RoutedAction } from '../../plan/index.ts'
import type { AccountRecord, Repositories } from '../store/index.ts'
import { createId } from '../token.ts'
import type { Vault } from '../vault/vault.ts'
import { newDelivery } from './new-delivery.ts'
import { wants } from './wanted-events.ts'

/** What an action made of an event that a provider has delivered. */
export interface HandledEvent {
  readonly account: AccountRecord
  /** Id of the delivery. */
  readonly delivery: string
  readonly action: RoutedAction
  readonly data: unknown
}

/**
 * Puts what an event came to into the outbox, for the webhooks that ask for `connector.event`. The data itself is the
 * provider's, of its people: it is kept encrypted. To be called within a transaction.
 */
export async function addProviderEvent(
  repositories: Repositories,
  vault: Vault,
  { account, delivery, action, data }: HandledEvent,
  at: Date,
): Promise<void> {
  const { id: accountId, projectId, provider } = account
  const { webhooks } = repositories
  const wanting = (await webhooks.list(projectId)).filter((webhook) => wants(webhook, 'connector.event'))
  if (wanting.length === 0) return
  const id = createId('evt')
  const now = at.toISOString()
  await webhooks.addEvent({
    id,
    projectId,
    event: 'connector.event',
    recordId: delivery,
    createdAt: now,
    payload: {
      project_id: projectId,
      event: 'connector.event',
      event_date: now,
      record_type: 'event',
      record_id: delivery,
      account_id: accountId,
      provider,
      origin_owner_id: account.originOwnerId,
      action: `${provider}_${action.actionId}`,
      event_index: action.eventIndex ?? null,
    },
  })
  await vault.write(repositories, { projectId, kind: 'event', subjectId: id }, { data })
  await webhooks.addDeliveries(wanting.map((webhook) => newDelivery({ id, projectId }, webhook, now)))
}
