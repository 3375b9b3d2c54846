import type { DeliveryRecord, WebhookEventRecord, WebhookRecord } from '../store/index.ts'
import { createId } from '../token.ts'

/** As the outbox has it: due at once. */
export function newDelivery(
  event: Pick<WebhookEventRecord, 'id' | 'projectId'>,
  webhook: Pick<WebhookRecord, 'id'>,
  now: string,
): DeliveryRecord {
  return {
    id: createId('dlv'),
    projectId: event.projectId,
    webhookId: webhook.id,
    eventId: event.id,
    status: 'pending',
    attempts: 0,
    nextAt: now,
    createdAt: now,
    deliveredAt: null,
    lastError: null,
  }
}
