import type { ConnectorPlan } from '../../../plan/index.ts'
import type { HubServices } from '../../services.ts'
import type { AccountRecord } from '../../store/index.ts'
import type { AccountEventsModel } from '../views/index.ts'

const deliveriesShown = 5

/** What the page of an account says of its provider's events; undefined where the connector has none. */
export async function accountEventsModel(
  { subscriptions, inbox }: HubServices,
  { projectId, id }: AccountRecord,
  { events }: ConnectorPlan,
): Promise<AccountEventsModel | undefined> {
  if (events?.router === undefined) return undefined
  const own = await subscriptions.list(projectId, id)
  return {
    canSubscribe: events.setup.creation !== undefined,
    subscriptions: await Promise.all(
      own.map(async (subscription) => ({
        id: subscription.id,
        status: subscription.status,
        since: subscription.createdAt,
        lastDeliveryAt: subscription.lastDeliveryAt,
        deliveries: (await inbox.list(projectId, subscription.id, deliveriesShown)).map((delivery) => ({
          actions: delivery.actions,
          status: delivery.status,
          at: delivery.receivedAt,
          message: delivery.error?.message ?? null,
        })),
      })),
    ),
  }
}
