import type { Kysely, Selectable } from 'kysely'
import type { IncomingDeliveryTable, Tables } from '../tables.ts'

export type IncomingStatus = 'pending' | 'done' | 'failed'

/** A delivery of a provider, taken in. The inputs of its actions are in the vault. */
export interface IncomingDeliveryRecord {
  readonly id: string
  readonly projectId: string
  readonly subscriptionId: string
  readonly accountId: string
  readonly status: IncomingStatus
  /** Ids of the actions that it leads to, in order. */
  readonly actions: readonly string[]
  /** Events that no rule of the connector matches. */
  readonly ignored: number
  readonly receivedAt: string
  readonly nextAt: string
  readonly attempts: number
  /** Actions that are done. */
  readonly position: number
  /** Whether the action at `position` was begun: after a sudden end nobody knows how far it came. */
  readonly started: boolean
  /** The same for the very same signed delivery; null where that cannot be told. */
  readonly replayKey: string | null
  readonly finishedAt: string | null
  readonly error: { readonly code: string; readonly message: string } | null
}

export type IncomingProgress = Partial<
  Pick<
    IncomingDeliveryRecord,
    'status' | 'nextAt' | 'attempts' | 'position' | 'started' | 'finishedAt' | 'error'
  >
>

export function incomingDeliveryRepository(query: Kysely<Tables>) {
  return {
    /** @returns false where the very same delivery is there already */
    async add(record: IncomingDeliveryRecord): Promise<boolean> {
      const { numInsertedOrUpdatedRows } = await query
        .insertInto('incomingDelivery')
        .values({
          ...record,
          actions: JSON.stringify(record.actions),
          started: record.started ? 1 : 0,
          error: record.error === null ? null : JSON.stringify(record.error),
        })
        .onConflict((conflict) => conflict.columns(['subscriptionId', 'replayKey']).doNothing())
        .executeTakeFirst()
      return (numInsertedOrUpdatedRows ?? 0n) > 0n
    },

    async get(projectId: string, id: string): Promise<IncomingDeliveryRecord | undefined> {
      const row = await query
        .selectFrom('incomingDelivery')
        .selectAll()
        .where('projectId', '=', projectId)
        .where('id', '=', id)
        .executeTakeFirst()
      return row && toDelivery(row)
    },

    /** Newest first. */
    async list(projectId: string, subscriptionId: string, limit: number): Promise<IncomingDeliveryRecord[]> {
      const rows = await query
        .selectFrom('incomingDelivery')
        .selectAll()
        .where('projectId', '=', projectId)
        .where('subscriptionId', '=', subscriptionId)
        .orderBy('receivedAt', 'desc')
        .orderBy('id', 'desc')
        .limit(limit)
        .execute()
      return rows.map(toDelivery)
    },

    /**
     * What is due, oldest first, each put off until `until`: another process then leaves it alone, and one that ends
     * in the middle has it come up again.
     */
    async claimDue(now: string, until: string, limit: number): Promise<IncomingDeliveryRecord[]> {
      const due = await query
        .selectFrom('incomingDelivery')
        .selectAll()
        .where('status', '=', 'pending')
        .where('nextAt', '<=', now)
        .orderBy('nextAt')
        .orderBy('receivedAt')
        .limit(limit)
        .execute()
      const claimed: IncomingDeliveryRecord[] = []
      for (const row of due) {
        const { numUpdatedRows } = await query
          .updateTable('incomingDelivery')
          .set({ nextAt: until })
          .where('id', '=', row.id)
          .where('status', '=', 'pending')
          .where('nextAt', '=', row.nextAt)
          .executeTakeFirst()
        if (numUpdatedRows > 0n) claimed.push(toDelivery(row))
      }
      return claimed
    },

    async progress(id: string, { started, error, ...changes }: IncomingProgress): Promise<void> {
      await query
        .updateTable('incomingDelivery')
        .set({
          ...changes,
          ...(started === undefined ? {} : { started: started ? 1 : 0 }),
          ...(error === undefined ? {} : { error: error === null ? null : JSON.stringify(error) }),
        })
        .where('id', '=', id)
        .execute()
    },

    /** @returns the ids of what was taken out: their inputs have to go too */
    async removeOf(projectId: string, subscriptionId: string): Promise<readonly string[]> {
      const rows = await query
        .deleteFrom('incomingDelivery')
        .where('projectId', '=', projectId)
        .where('subscriptionId', '=', subscriptionId)
        .returning('id')
        .execute()
      return rows.map(({ id }) => id)
    },

    /** Takes out what ended before this time. @returns the ids, as {@link removeOf} */
    async prune(projectId: string, before: string): Promise<readonly string[]> {
      const rows = await query
        .deleteFrom('incomingDelivery')
        .where('projectId', '=', projectId)
        .where('status', '!=', 'pending')
        .where('receivedAt', '<', before)
        .returning('id')
        .execute()
      return rows.map(({ id }) => id)
    },
  }
}

function toDelivery(row: Selectable<IncomingDeliveryTable>): IncomingDeliveryRecord {
  return {
    ...row,
    status: row.status as IncomingStatus,
    actions: JSON.parse(row.actions),
    started: row.started === 1,
    error: row.error === null ? null : JSON.parse(row.error),
  }
}
