import { type Kysely, sql } from 'kysely'
import type { DatabaseKind } from '../open-database.ts'
import type { Tables } from '../tables.ts'

/** Held until its time is over, unless it is extended. */
export interface Lease {
  readonly name: string
  /** Higher than that of every holder before: what a former holder still writes can be told by it. */
  readonly fence: number
  /** The holder before never gave it back: its process ended, or hung. */
  readonly interrupted: boolean
}

/**
 * Leases by name. Times are those of the database, so that the clocks of the processes do not matter.
 *
 * @param nowMs - another clock, for a simulation
 */
export function leaseRepository(query: Kysely<Tables>, kind: DatabaseKind, nowMs?: () => number) {
  const clocks = {
    sqlite: () => sql<number>`cast(unixepoch('subsec') * 1000 as integer)`,
    postgres: () => sql<number>`cast(extract(epoch from clock_timestamp()) * 1000 as bigint)`,
  }
  const now = nowMs === undefined ? clocks[kind] : () => sql<number>`${sql.lit(nowMs())}`
  return {
    /** @returns undefined while somebody holds it */
    async take(name: string, holder: string, ttlMs: number): Promise<Lease | undefined> {
      const taken = await query
        .insertInto('lease')
        .values({
          name,
          holder,
          fence: 1,
          interrupted: 0,
          untilMs: sql<number>`${now()} + ${sql.lit(ttlMs)}`,
        })
        .onConflict((conflict) =>
          conflict
            .column('name')
            .doUpdateSet((eb) => ({
              holder,
              fence: eb('lease.fence', '+', 1),
              interrupted: sql<number>`case when ${eb.ref('lease.untilMs')} > 0 then 1 else 0 end`,
              untilMs: sql<number>`${now()} + ${sql.lit(ttlMs)}`,
            }))
            .where('lease.untilMs', '<=', now()),
        )
        .returning(['fence', 'interrupted'])
        .executeTakeFirst()
      if (taken === undefined) return undefined
      return { name, fence: Number(taken.fence), interrupted: taken.interrupted === 1 }
    },

    /** @returns false where it is another's by now */
    async extend({ name, fence }: Pick<Lease, 'name' | 'fence'>, ttlMs: number): Promise<boolean> {
      const { numUpdatedRows } = await query
        .updateTable('lease')
        .set({ untilMs: sql<number>`${now()} + ${sql.lit(ttlMs)}` })
        .where('name', '=', name)
        .where('fence', '=', fence)
        .where('untilMs', '>', 0)
        .executeTakeFirst()
      return numUpdatedRows > 0n
    },

    async release({ name, fence }: Pick<Lease, 'name' | 'fence'>): Promise<void> {
      await query
        .updateTable('lease')
        .set({ untilMs: 0 })
        .where('name', '=', name)
        .where('fence', '=', fence)
        .execute()
    },

    /**
     * Whether nobody has taken it since. In a transaction that writes under it, nobody can take it until that ends.
     */
    async holds({ name, fence }: Pick<Lease, 'name' | 'fence'>): Promise<boolean> {
      const held = query
        .selectFrom('lease')
        .select('fence')
        .where('name', '=', name)
        .where('fence', '=', fence)
      const locked = kind === 'postgres' ? held.forUpdate() : held
      return (await locked.executeTakeFirst()) !== undefined
    },

    async remove(name: string): Promise<void> {
      await query.deleteFrom('lease').where('name', '=', name).execute()
    },
  }
}
