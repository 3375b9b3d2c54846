import type { Kysely } from 'kysely'
import type { Tables } from '../tables.ts'

/** What a project says about one subject; the rules as they were stored. */
export interface PolicyRecord {
  readonly projectId: string
  readonly subject: string
  readonly rules: Readonly<Record<string, unknown>>
  readonly updatedAt: string
}

export function policyRepository(query: Kysely<Tables>) {
  return {
    async list(projectId: string): Promise<PolicyRecord[]> {
      const rows = await query
        .selectFrom('policy')
        .selectAll()
        .where('projectId', '=', projectId)
        .orderBy('subject')
        .execute()
      return rows.map((row) => ({ ...row, rules: JSON.parse(row.rules) }))
    },

    async put({ projectId, subject, rules, updatedAt }: PolicyRecord): Promise<void> {
      const changes = { rules: JSON.stringify(rules), updatedAt }
      await query
        .insertInto('policy')
        .values({ projectId, subject, ...changes })
        .onConflict((conflict) => conflict.columns(['projectId', 'subject']).doUpdateSet(changes))
        .execute()
    },

    /** @returns whether there was one */
    async remove(projectId: string, subject: string): Promise<boolean> {
      const { numDeletedRows } = await query
        .deleteFrom('policy')
        .where('projectId', '=', projectId)
        .where('subject', '=', subject)
        .executeTakeFirst()
      return numDeletedRows > 0n
    },
  }
}
