import type { Kysely } from 'kysely'
import type { Tables, VaultKeyTable } from '../tables.ts'

export type VaultKind =
  | 'account'
  | 'attempt'
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
      const tables = await query.introspection.getTables()
      if (!tables.some(({ name }) => name === 'vault_key' || name === 'vaultKey')) return []
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
