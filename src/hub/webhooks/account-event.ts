import type { AccountRecord, Repositories } from '../store/index.ts'
import { createId } from '../token.ts'
import { newDelivery } from './new-delivery.ts'
import { type AccountEvent, wants } from './wanted-events.ts'

/**
 * Puts an event of an account into the outbox, with a delivery for each webhook that wants it. To be called within the
 * transaction of the change: what is told has happened, and what has happened is told.
 */
export async function addAccountEvent(
  { webhooks }: Repositories,
  account: AccountRecord,
  event: AccountEvent,
  now: string,
): Promise<void> {
  const { id: accountId, projectId } = account
  const wanting = (await webhooks.list(projectId)).filter((webhook) => wants(webhook, event))
  const id = createId('evt')
  await webhooks.addEvent({
    id,
    projectId,
    event,
    recordId: accountId,
    createdAt: now,
    payload: {
      project_id: projectId,
      event,
      event_date: now,
      record_type: 'account',
      record_id: accountId,
      account_id: accountId,
      provider: account.provider,
      origin_owner_id: account.originOwnerId,
      origin_owner_name: account.originOwnerName,
      origin_username: account.originUsername,
      setup_information: account.setupInformation,
    },
  })
  await webhooks.addDeliveries(wanting.map((webhook) => newDelivery({ id, projectId }, webhook, now)))
}
