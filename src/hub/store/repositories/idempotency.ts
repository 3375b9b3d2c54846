import type { Kysely, Selectable } from 'kysely'
import type { IdempotencyTable, Tables } from '../tables.ts'

/** A request under an `Idempotency-Key`: under way where `finishedAt` is null. */
export type IdempotencyRecord = Readonly<Selectable<IdempotencyTable>>

type Key = Pick<IdempotencyRecord, 'projectId' | 'caller' | 'idempotencyKey'>

export function idempotencyRepository(query: Kysely<Tables>) {
  return {
    /** @returns whether the key was free; the first of two wins */
    async begin(record: IdempotencyRecord): Promise<boolean> {
      const { numInsertedOrUpdatedRows } = await query
        .insertInto('idempotency')
        .values(record)
        .onConflict((conflict) => conflict.doNothing())
        .executeTakeFirst()
      return (numInsertedOrUpdatedRows ?? 0n) > 0n
    },

    async get({ projectId, caller, idempotencyKey }: Key): Promise<IdempotencyRecord | undefined> {
      return query
        .selectFrom('idempotency')
        .selectAll()
        .where('projectId', '=', projectId)
        .where('caller', '=', caller)
        .where('idempotencyKey', '=', idempotencyKey)
        .executeTakeFirst()
    },

    async finish({ projectId, caller, idempotencyKey }: Key, finishedAt: string): Promise<void> {
      await query
        .updateTable('idempotency')
        .set({ finishedAt })
        .where('projectId', '=', projectId)
        .where('caller', '=', caller)
        .where('idempotencyKey', '=', idempotencyKey)
        .execute()
    },

    async release({ projectId, caller, idempotencyKey }: Key): Promise<void> {
      await query
        .deleteFrom('idempotency')
        .where('projectId', '=', projectId)
        .where('caller', '=', caller)
        .where('idempotencyKey', '=', idempotencyKey)
        .execute()
    },

    /** @returns what was taken out: their answers have to go too */
    async prune(before: string): Promise<readonly IdempotencyRecord[]> {
      return query.deleteFrom('idempotency').where('createdAt', '<', before).returningAll().execute()
    },
  }
}
