import type { Kysely } from 'kysely'
import type { Tables } from '../tables.ts'

/** What a project says about an integration beside what the catalog and the configuration say. */
export interface IntegrationChoice {
  readonly id: string
  readonly active: boolean
}

export function integrationRepository(query: Kysely<Tables>) {
  return {
    async list(projectId: string): Promise<IntegrationChoice[]> {
      const rows = await query
        .selectFrom('integration')
        .select(['id', 'active'])
        .where('projectId', '=', projectId)
        .execute()
      return rows.map(({ id, active }) => ({ id, active: active === 1 }))
    },

    async setActive(projectId: string, id: string, active: boolean, updatedAt: string): Promise<void> {
      const row = { projectId, id, active: active ? 1 : 0, updatedAt }
      await query
        .insertInto('integration')
        .values(row)
        .onConflict((conflict) =>
          conflict.columns(['projectId', 'id']).doUpdateSet({ active: row.active, updatedAt }),
        )
        .execute()
    },
  }
}
