import type { WebhookRecord } from '../store/index.ts'

/** What happens to accounts: what a webhook is told that names no events. */
export const accountEvents = ['account.created', 'account.updated', 'account.deleted'] as const
export type AccountEvent = (typeof accountEvents)[number]

/** Also what providers deliver. That holds data of the provider's people, so that it has to be asked for by name. */
export const toldEvents = [...accountEvents, 'connector.event'] as const
export type ToldEventName = (typeof toldEvents)[number]

/** Whether a webhook is to be told of an event. */
export function wants({ active, events }: WebhookRecord, event: string): boolean {
  if (!active) return false
  return events.length === 0 ? accountEvents.some((name) => name === event) : events.includes(event)
}
