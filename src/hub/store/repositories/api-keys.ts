import type { Kysely, Selectable } from 'kysely'
import type { ApiKeyTable, Tables } from '../tables.ts'

export type ApiKeyScope = 'read' | 'write' | 'admin'

/** A key of the API. The key itself is stored nowhere, only its hash. */
export interface ApiKeyRecord {
  readonly id: string
  readonly projectId: string
  readonly name: string
  readonly prefix: string
  readonly hash: string
  readonly scopes: readonly ApiKeyScope[]
  /** Bound to one account where set. */
  readonly accountId: string | null
  readonly createdAt: string
  readonly lastUsedAt: string | null
  readonly revokedAt: string | null
}

export function apiKeyRepository(query: Kysely<Tables>) {
  return {
    async add(record: ApiKeyRecord): Promise<void> {
      await query
        .insertInto('apiKey')
        .values({ ...record, scopes: JSON.stringify(record.scopes) })
        .execute()
    },

    /** Of whatever project: the hash is the proof. */
    async findByHash(hash: string): Promise<ApiKeyRecord | undefined> {
      const row = await query.selectFrom('apiKey').selectAll().where('hash', '=', hash).executeTakeFirst()
      return row && toRecord(row)
    },

    async list(projectId: string): Promise<ApiKeyRecord[]> {
      const rows = await query
        .selectFrom('apiKey')
        .selectAll()
        .where('projectId', '=', projectId)
        .orderBy('createdAt', 'desc')
        .orderBy('id')
        .execute()
      return rows.map(toRecord)
    },

    async recordUse(id: string, lastUsedAt: string): Promise<void> {
      await query.updateTable('apiKey').set({ lastUsedAt }).where('id', '=', id).execute()
    },

    /** @returns whether it was there and in force */
    async revoke(projectId: string, id: string, revokedAt: string): Promise<boolean> {
      const { numUpdatedRows } = await query
        .updateTable('apiKey')
        .set({ revokedAt })
        .where('projectId', '=', projectId)
        .where('id', '=', id)
        .where('revokedAt', 'is', null)
        .executeTakeFirst()
      return numUpdatedRows > 0n
    },
  }
}

function toRecord(row: Selectable<ApiKeyTable>): ApiKeyRecord {
  return { ...row, scopes: JSON.parse(row.scopes) }
}
