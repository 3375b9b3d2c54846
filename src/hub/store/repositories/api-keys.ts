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
  /** Of the key before the last rotation: in force until the time beside it. */
  readonly previousHash: string | null
  readonly previousUntil: string | null
  readonly rotatedAt: string | null
}

export function apiKeyRepository(query: Kysely<Tables>) {
  return {
    async add(record: ApiKeyRecord): Promise<void> {
      await query
        .insertInto('apiKey')
        .values({ ...record, scopes: JSON.stringify(record.scopes) })
        .execute()
    },

    /** Of whatever project: the hash is the proof. Also by the hash before a rotation. */
    async findByHash(hash: string): Promise<ApiKeyRecord | undefined> {
      const row = await query
        .selectFrom('apiKey')
        .selectAll()
        .where((where) => where.or([where('hash', '=', hash), where('previousHash', '=', hash)]))
        .executeTakeFirst()
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

    /** @returns the key as it is now; undefined where it is unknown or revoked */
    async rotate(
      projectId: string,
      id: string,
      changes: Pick<ApiKeyRecord, 'hash' | 'prefix' | 'previousUntil' | 'rotatedAt'>,
    ): Promise<ApiKeyRecord | undefined> {
      const row = await query
        .updateTable('apiKey')
        .set(({ ref }) => ({ ...changes, previousHash: ref('hash') }))
        .where('projectId', '=', projectId)
        .where('id', '=', id)
        .where('revokedAt', 'is', null)
        .returningAll()
        .executeTakeFirst()
      return row && toRecord(row)
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
