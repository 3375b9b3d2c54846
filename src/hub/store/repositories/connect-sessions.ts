import type { Kysely, Selectable } from 'kysely'
import type { ConnectSessionTable, Tables } from '../tables.ts'
import type { AccountType } from './accounts.ts'

/** The leave for one owner to link an account. Its tokens are stored as hashes only. */
export interface ConnectSessionRecord {
  readonly id: number
  readonly projectId: string
  /** Of the token that an embedding page holds. */
  readonly tokenHash: string
  /** Of the token in the auth link. */
  readonly linkHash: string
  readonly originOwnerId: string
  readonly originOwnerName: string
  readonly originUsername: string | null
  readonly provider: string | null
  readonly categories: readonly string[]
  /** The account to edit. */
  readonly accountId: string | null
  readonly multiple: boolean
  readonly label: string | null
  readonly metadata: Readonly<Record<string, unknown>>
  readonly type: AccountType | null
  readonly createdAt: string
  readonly tokenExpiresAt: string
  readonly linkExpiresAt: string
}

export function connectSessionRepository(query: Kysely<Tables>) {
  return {
    async add(record: Omit<ConnectSessionRecord, 'id'>): Promise<ConnectSessionRecord> {
      const row = await query
        .insertInto('connectSession')
        .values({
          ...record,
          categories: JSON.stringify(record.categories),
          metadata: JSON.stringify(record.metadata),
          multiple: record.multiple ? 1 : 0,
        })
        .returningAll()
        .executeTakeFirstOrThrow()
      return toRecord(row)
    },

    /** Of whatever project: the hash is the proof. */
    async findByHash(
      which: 'tokenHash' | 'linkHash',
      hash: string,
    ): Promise<ConnectSessionRecord | undefined> {
      const row = await query
        .selectFrom('connectSession')
        .selectAll()
        .where(which, '=', hash)
        .executeTakeFirst()
      return row && toRecord(row)
    },

    async get(projectId: string, id: number): Promise<ConnectSessionRecord | undefined> {
      const row = await query
        .selectFrom('connectSession')
        .selectAll()
        .where('projectId', '=', projectId)
        .where('id', '=', id)
        .executeTakeFirst()
      return row && toRecord(row)
    },

    /** The account that a submission of a form has led to. */
    async findSubmission(connectSessionId: number, nonce: string): Promise<string | undefined> {
      const row = await query
        .selectFrom('submission')
        .select('accountId')
        .where('connectSessionId', '=', connectSessionId)
        .where('nonce', '=', nonce)
        .executeTakeFirst()
      return row?.accountId
    },

    /** @returns false where the same form was submitted and stored before */
    async addSubmission(
      connectSessionId: number,
      nonce: string,
      accountId: string,
      createdAt: string,
    ): Promise<boolean> {
      const { numInsertedOrUpdatedRows } = await query
        .insertInto('submission')
        .values({ connectSessionId, nonce, accountId, createdAt })
        .onConflict((conflict) => conflict.doNothing())
        .executeTakeFirst()
      return (numInsertedOrUpdatedRows ?? 0n) > 0n
    },
  }
}

function toRecord(row: Selectable<ConnectSessionTable>): ConnectSessionRecord {
  return {
    ...row,
    categories: JSON.parse(row.categories),
    metadata: JSON.parse(row.metadata),
    multiple: row.multiple === 1,
    type: row.type as AccountType | null,
  }
}
