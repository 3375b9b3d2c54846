import type { Kysely } from 'kysely'
import type { Tables } from '../tables.ts'

export function projectRepository(query: Kysely<Tables>) {
  return {
    /** Makes the project where it is not there yet. */
    async ensure(id: string, now: string): Promise<void> {
      await query
        .insertInto('project')
        .values({ id, settings: '{}', createdAt: now, updatedAt: now })
        .onConflict((conflict) => conflict.doNothing())
        .execute()
    },

    async list(): Promise<{ readonly id: string }[]> {
      return query.selectFrom('project').select('id').orderBy('id').execute()
    },

    /** As stored: what is not said has its default elsewhere. */
    async settings(id: string): Promise<Readonly<Record<string, unknown>>> {
      const row = await query.selectFrom('project').select('settings').where('id', '=', id).executeTakeFirst()
      return row === undefined ? {} : JSON.parse(row.settings)
    },

    async saveSettings(
      id: string,
      settings: Readonly<Record<string, unknown>>,
      updatedAt: string,
    ): Promise<void> {
      await query
        .updateTable('project')
        .set({ settings: JSON.stringify(settings), updatedAt })
        .where('id', '=', id)
        .execute()
    },
  }
}
