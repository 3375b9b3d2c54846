import type { Kysely, Selectable } from 'kysely'
import type { SubscriptionTable, Tables } from '../tables.ts'

/**
 * `starting`: asked of the provider, its answer not known yet. `active`: the provider delivers. `manual`: somebody enters
 * the address at the provider.
 */
export type SubscriptionStatus = 'starting' | 'active' | 'manual'

/** Where a provider delivers the events of one account. Its secret and what the provider called it are in the vault. */
export interface SubscriptionRecord {
  readonly id: string
  readonly projectId: string
  readonly accountId: string
  readonly provider: string
  /** Of the address that the provider was given. */
  readonly tokenHash: string
  readonly status: SubscriptionStatus
  /** Names of events, where some were chosen. */
  readonly events: readonly string[]
  readonly createdAt: string
  readonly lastDeliveryAt: string | null
}

export function subscriptionRepository(query: Kysely<Tables>) {
  return {
    async add(record: SubscriptionRecord): Promise<void> {
      await query
        .insertInto('subscription')
        .values({ ...record, events: JSON.stringify(record.events) })
        .execute()
    },

    async get(projectId: string, id: string): Promise<SubscriptionRecord | undefined> {
      const row = await query
        .selectFrom('subscription')
        .selectAll()
        .where('projectId', '=', projectId)
        .where('id', '=', id)
        .executeTakeFirst()
      return row && toSubscription(row)
    },

    /** Oldest first; of one account, or of all. */
    async list(projectId: string, accountId?: string): Promise<SubscriptionRecord[]> {
      let rows = query.selectFrom('subscription').selectAll().where('projectId', '=', projectId)
      if (accountId !== undefined) rows = rows.where('accountId', '=', accountId)
      return (await rows.orderBy('createdAt').orderBy('id').execute()).map(toSubscription)
    },

    /** Whatever the project: the token is all that a delivery brings. */
    async findByToken(tokenHash: string): Promise<SubscriptionRecord | undefined> {
      const row = await query
        .selectFrom('subscription')
        .selectAll()
        .where('tokenHash', '=', tokenHash)
        .executeTakeFirst()
      return row && toSubscription(row)
    },

    async setStatus(projectId: string, id: string, status: SubscriptionStatus): Promise<void> {
      await query
        .updateTable('subscription')
        .set({ status })
        .where('projectId', '=', projectId)
        .where('id', '=', id)
        .execute()
    },

    async noteDelivery(projectId: string, id: string, at: string): Promise<void> {
      await query
        .updateTable('subscription')
        .set({ lastDeliveryAt: at })
        .where('projectId', '=', projectId)
        .where('id', '=', id)
        .execute()
    },

    /** @returns whether there was one */
    async remove(projectId: string, id: string): Promise<boolean> {
      const { numDeletedRows } = await query
        .deleteFrom('subscription')
        .where('projectId', '=', projectId)
        .where('id', '=', id)
        .executeTakeFirst()
      return numDeletedRows > 0n
    },
  }
}

function toSubscription(row: Selectable<SubscriptionTable>): SubscriptionRecord {
  return { ...row, status: row.status as SubscriptionStatus, events: JSON.parse(row.events) }
}
