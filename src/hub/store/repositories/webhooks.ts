import type { Kysely, Selectable } from 'kysely'
import type { Tables, WebhookDeliveryTable, WebhookEventTable, WebhookTable } from '../tables.ts'

/** Where events are sent. What they are signed with is in the vault. */
export interface WebhookRecord {
  readonly id: string
  readonly projectId: string
  readonly url: string
  /** Names of events; empty means all of them. */
  readonly events: readonly string[]
  readonly active: boolean
  readonly createdAt: string
}

/** Something that happened, to be told. Written in the transaction of the change itself. */
export interface WebhookEventRecord {
  readonly id: string
  readonly projectId: string
  readonly event: string
  readonly recordId: string
  readonly payload: Readonly<Record<string, unknown>>
  readonly createdAt: string
}

export type DeliveryStatus = 'pending' | 'delivered' | 'failed'

export interface DeliveryRecord {
  readonly id: string
  readonly projectId: string
  readonly webhookId: string
  readonly eventId: string
  readonly status: DeliveryStatus
  readonly attempts: number
  readonly nextAt: string
  readonly createdAt: string
  readonly deliveredAt: string | null
  readonly lastError: string | null
}

export interface DueDelivery {
  readonly delivery: DeliveryRecord
  readonly webhook: WebhookRecord
  readonly event: WebhookEventRecord
}

export function webhookRepository(query: Kysely<Tables>) {
  const listWebhooks = async (projectId: string) => {
    const rows = await query
      .selectFrom('webhook')
      .selectAll()
      .where('projectId', '=', projectId)
      .orderBy('createdAt')
      .orderBy('id')
      .execute()
    return rows.map(toWebhook)
  }
  const getWebhook = async (projectId: string, id: string) => {
    const row = await query
      .selectFrom('webhook')
      .selectAll()
      .where('projectId', '=', projectId)
      .where('id', '=', id)
      .executeTakeFirst()
    return row && toWebhook(row)
  }
  const getEvent = async (projectId: string, id: string) => {
    const row = await query
      .selectFrom('webhookEvent')
      .selectAll()
      .where('projectId', '=', projectId)
      .where('id', '=', id)
      .executeTakeFirst()
    return row && toEvent(row)
  }
  return {
    list: listWebhooks,
    get: getWebhook,
    getEvent,

    async add(record: WebhookRecord): Promise<void> {
      await query
        .insertInto('webhook')
        .values({ ...record, events: JSON.stringify(record.events), active: record.active ? 1 : 0 })
        .execute()
    },

    /** With all that was to be sent there. @returns whether there was one */
    async remove(projectId: string, id: string): Promise<boolean> {
      await query
        .deleteFrom('webhookDelivery')
        .where('projectId', '=', projectId)
        .where('webhookId', '=', id)
        .execute()
      const { numDeletedRows } = await query
        .deleteFrom('webhook')
        .where('projectId', '=', projectId)
        .where('id', '=', id)
        .executeTakeFirst()
      return numDeletedRows > 0n
    },

    async addEvent(record: WebhookEventRecord): Promise<void> {
      await query
        .insertInto('webhookEvent')
        .values({ ...record, payload: JSON.stringify(record.payload) })
        .execute()
    },

    /** Newest first. */
    async listEvents(projectId: string, limit: number): Promise<WebhookEventRecord[]> {
      const rows = await query
        .selectFrom('webhookEvent')
        .selectAll()
        .where('projectId', '=', projectId)
        .orderBy('createdAt', 'desc')
        .orderBy('id', 'desc')
        .limit(limit)
        .execute()
      return rows.map(toEvent)
    },

    async addDeliveries(records: readonly DeliveryRecord[]): Promise<void> {
      if (records.length > 0)
        await query
          .insertInto('webhookDelivery')
          .values([...records])
          .execute()
    },

    async listDeliveries(projectId: string, eventIds: readonly string[]): Promise<DeliveryRecord[]> {
      if (eventIds.length === 0) return []
      const rows = await query
        .selectFrom('webhookDelivery')
        .selectAll()
        .where('projectId', '=', projectId)
        .where('eventId', 'in', [...eventIds])
        .orderBy('createdAt')
        .orderBy('id')
        .execute()
      return rows.map(toDelivery)
    },

    /**
     * The deliveries that are due, oldest first, each put off until `until`: another process then leaves them alone,
     * and one that ends in the middle has them come up again.
     */
    async claimDue(now: string, until: string, limit: number): Promise<DueDelivery[]> {
      const due = await query
        .selectFrom('webhookDelivery')
        .selectAll()
        .where('status', '=', 'pending')
        .where('nextAt', '<=', now)
        .orderBy('nextAt')
        .limit(limit)
        .execute()
      const claimed: DueDelivery[] = []
      for (const row of due) {
        const { numUpdatedRows } = await query
          .updateTable('webhookDelivery')
          .set({ nextAt: until })
          .where('id', '=', row.id)
          .where('status', '=', 'pending')
          .where('nextAt', '=', row.nextAt)
          .executeTakeFirst()
        if (numUpdatedRows === 0n) continue
        const webhook = await getWebhook(row.projectId, row.webhookId)
        const event = await getEvent(row.projectId, row.eventId)
        if (webhook !== undefined && event !== undefined)
          claimed.push({ delivery: toDelivery(row), webhook, event })
      }
      return claimed
    },

    async recordAttempt(
      id: string,
      changes: Pick<DeliveryRecord, 'status' | 'attempts' | 'nextAt' | 'deliveredAt' | 'lastError'>,
    ): Promise<void> {
      await query.updateTable('webhookDelivery').set(changes).where('id', '=', id).execute()
    },

    /**
     * Takes out events of before this time, with their deliveries, but none that is still to be told.
     *
     * @returns their ids: what is kept of them elsewhere goes too
     */
    async prune(projectId: string, before: string): Promise<readonly string[]> {
      await query
        .deleteFrom('webhookDelivery')
        .where('projectId', '=', projectId)
        .where('createdAt', '<', before)
        .where('status', '!=', 'pending')
        .execute()
      const rows = await query
        .deleteFrom('webhookEvent')
        .where('projectId', '=', projectId)
        .where('createdAt', '<', before)
        .where((where) =>
          where.not(
            where.exists(
              where
                .selectFrom('webhookDelivery')
                .select('webhookDelivery.id')
                .whereRef('webhookDelivery.projectId', '=', 'webhookEvent.projectId')
                .whereRef('webhookDelivery.eventId', '=', 'webhookEvent.id'),
            ),
          ),
        )
        .returning('id')
        .execute()
      return rows.map(({ id }) => id)
    },
  }
}

function toWebhook(row: Selectable<WebhookTable>): WebhookRecord {
  return { ...row, events: JSON.parse(row.events), active: row.active === 1 }
}

function toEvent(row: Selectable<WebhookEventTable>): WebhookEventRecord {
  return { ...row, payload: JSON.parse(row.payload) }
}

function toDelivery(row: Selectable<WebhookDeliveryTable>): DeliveryRecord {
  return { ...row, status: row.status as DeliveryStatus }
}
