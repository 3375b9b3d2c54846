import { type Kysely, sql } from 'kysely'
import type { Tables, VaultKeyTable } from '../tables.ts'

export type VaultKind =
  | 'account'
  | 'attempt'
  | 'arrival'
  | 'integration'
  | 'answer'
  | 'webhook'
  | 'confirmation'
  | 'subscription'
  | 'delivery'
  | 'event'
  | 'renewal'

/** Whose secrets a record holds. */
export interface VaultSubject<Kind extends VaultKind = VaultKind> {
  readonly projectId: string
  readonly kind: Kind
  readonly subjectId: string
}

export interface VaultRecord {
  readonly version: number
  readonly keyId: string
  readonly sealed: Uint8Array
}

export function vaultRepository(query: Kysely<Tables>) {
  return {
    /** Empty where the tables do not exist yet. */
    async keys(): Promise<readonly Readonly<VaultKeyTable>[]> {
      if (!(await hasTable(query))) return []
      return query.selectFrom('vaultKey').selectAll().orderBy('createdAt').execute()
    },

    async addKey(key: Readonly<VaultKeyTable>): Promise<void> {
      await query
        .insertInto('vaultKey')
        .values(key)
        .onConflict((conflict) => conflict.doNothing())
        .execute()
    },

    async get({ projectId, kind, subjectId }: VaultSubject): Promise<VaultRecord | undefined> {
      return query
        .selectFrom('vaultRecord')
        .select(['version', 'keyId', 'sealed'])
        .where('projectId', '=', projectId)
        .where('kind', '=', kind)
        .where('subjectId', '=', subjectId)
        .executeTakeFirst()
    },

    /** Whatever was there is replaced. @returns the version now */
    async put(
      subject: VaultSubject,
      { keyId, sealed }: Pick<VaultRecord, 'keyId' | 'sealed'>,
      updatedAt: string,
    ): Promise<number> {
      const { version } = await query
        .insertInto('vaultRecord')
        .values({ ...subject, version: 1, keyId, sealed, updatedAt })
        .onConflict((conflict) =>
          conflict.columns(['projectId', 'kind', 'subjectId']).doUpdateSet((eb) => ({
            version: eb('vaultRecord.version', '+', 1),
            keyId,
            sealed,
            updatedAt,
          })),
        )
        .returning('version')
        .executeTakeFirstOrThrow()
      return version
    },

    /** Replaces what was read as this version. @returns false where somebody was quicker: read again */
    async replace(
      { projectId, kind, subjectId }: VaultSubject,
      expectedVersion: number,
      { keyId, sealed }: Pick<VaultRecord, 'keyId' | 'sealed'>,
      updatedAt: string,
    ): Promise<boolean> {
      const { numUpdatedRows } = await query
        .updateTable('vaultRecord')
        .set({ version: expectedVersion + 1, keyId, sealed, updatedAt })
        .where('projectId', '=', projectId)
        .where('kind', '=', kind)
        .where('subjectId', '=', subjectId)
        .where('version', '=', expectedVersion)
        .executeTakeFirst()
      return numUpdatedRows > 0n
    },

    /** In the order of their subjects; those behind `after`, of one kind, and of other keys than `otherThan`. */
    async page({
      after,
      kind,
      otherThan,
      limit,
    }: {
      readonly after?: VaultSubject | undefined
      readonly kind?: VaultKind
      readonly otherThan?: string | undefined
      readonly limit: number
    }): Promise<(VaultSubject & Pick<VaultRecord, 'keyId' | 'sealed'>)[]> {
      let rows = query.selectFrom('vaultRecord').select(['projectId', 'kind', 'subjectId', 'keyId', 'sealed'])
      if (kind !== undefined) rows = rows.where('kind', '=', kind)
      if (otherThan !== undefined) rows = rows.where('keyId', '!=', otherThan)
      if (after !== undefined) {
        const { projectId, kind, subjectId } = after
        rows = rows.where((where) =>
          where.or([
            where('projectId', '>', projectId),
            where.and([where('projectId', '=', projectId), where('kind', '>', kind)]),
            where.and([
              where('projectId', '=', projectId),
              where('kind', '=', kind),
              where('subjectId', '>', subjectId),
            ]),
          ]),
        )
      }
      const found = await rows
        .orderBy('projectId')
        .orderBy('kind')
        .orderBy('subjectId')
        .limit(limit)
        .execute()
      return found.map((row) => ({ ...row, kind: row.kind as VaultKind }))
    },

    async count({ otherThan }: { readonly otherThan?: string } = {}): Promise<number> {
      let rows = query.selectFrom('vaultRecord').select((select) => select.fn.countAll().as('count'))
      if (otherThan !== undefined) rows = rows.where('keyId', '!=', otherThan)
      return Number((await rows.executeTakeFirstOrThrow()).count)
    },

    /** The same content under another key: its version stays. @returns false where it is no longer what was read */
    async reseal(
      { projectId, kind, subjectId }: VaultSubject,
      read: Pick<VaultRecord, 'keyId' | 'sealed'>,
      { keyId, sealed }: Pick<VaultRecord, 'keyId' | 'sealed'>,
    ): Promise<boolean> {
      const { numUpdatedRows } = await query
        .updateTable('vaultRecord')
        .set({ keyId, sealed })
        .where('projectId', '=', projectId)
        .where('kind', '=', kind)
        .where('subjectId', '=', subjectId)
        .where('sealed', '=', read.sealed)
        .executeTakeFirst()
      return numUpdatedRows > 0n
    },

    async removeKey(id: string): Promise<void> {
      await query.deleteFrom('vaultKey').where('id', '=', id).execute()
    },

    async delete({ projectId, kind, subjectId }: VaultSubject): Promise<void> {
      await query
        .deleteFrom('vaultRecord')
        .where('projectId', '=', projectId)
        .where('kind', '=', kind)
        .where('subjectId', '=', subjectId)
        .execute()
    },
  }
}

async function hasTable(query: Kysely<Tables>): Promise<boolean> {
  const all = await query.introspection.getTables()
  const found = all.filter(({ name }) => name === 'vault_key' || name === 'vaultKey')
  // PostgreSQL lists the tables of every schema, and another hub may live in the next one.
  if (!found.some(({ schema }) => schema !== undefined)) return found.length > 0
  const { rows } = await sql<{ name: string }>`select current_schema() as name`.execute(query)
  return found.some(({ schema }) => schema === rows[0]?.name)
}
