import type { Kysely, Selectable } from 'kysely'
import type { ConnectionAttemptTable, Tables } from '../tables.ts'

export type AttemptStatus = 'pending' | 'authenticated' | 'error' | 'cancelled' | 'expired'

/** A way through a provider's authorization page that was begun. */
export interface AttemptRecord {
  readonly id: string
  readonly projectId: string
  readonly connectSessionId: number | null
  readonly integrationId: string | null
  readonly stateHash: string | null
  readonly status: AttemptStatus
  readonly accountId: string | null
  readonly error: { readonly code: string; readonly description: string } | null
  readonly createdAt: string
  readonly expiresAt: string
}

export function attemptRepository(query: Kysely<Tables>) {
  return {
    async add(record: AttemptRecord): Promise<void> {
      await query
        .insertInto('connectionAttempt')
        .values({ ...record, error: record.error === null ? null : JSON.stringify(record.error) })
        .execute()
    },

    async get(projectId: string, id: string): Promise<AttemptRecord | undefined> {
      const row = await query
        .selectFrom('connectionAttempt')
        .selectAll()
        .where('projectId', '=', projectId)
        .where('id', '=', id)
        .executeTakeFirst()
      return row && toRecord(row)
    },

    /** Of whatever project: the state is the proof. */
    async findByState(stateHash: string): Promise<AttemptRecord | undefined> {
      const row = await query
        .selectFrom('connectionAttempt')
        .selectAll()
        .where('stateHash', '=', stateHash)
        .executeTakeFirst()
      return row && toRecord(row)
    },

    async begin(
      projectId: string,
      id: string,
      integrationId: string,
      stateHash: string,
    ): Promise<AttemptRecord | undefined> {
      const row = await query
        .updateTable('connectionAttempt')
        .set({ integrationId, stateHash })
        .where('projectId', '=', projectId)
        .where('id', '=', id)
        .where('status', '=', 'pending')
        .returningAll()
        .executeTakeFirst()
      return row && toRecord(row)
    },

    /** Only a pending attempt ends. @returns whether it did */
    async end(
      projectId: string,
      id: string,
      outcome: Pick<AttemptRecord, 'status' | 'accountId' | 'error'>,
    ): Promise<boolean> {
      const { numUpdatedRows } = await query
        .updateTable('connectionAttempt')
        .set({
          status: outcome.status,
          accountId: outcome.accountId,
          error: outcome.error === null ? null : JSON.stringify(outcome.error),
        })
        .where('projectId', '=', projectId)
        .where('id', '=', id)
        .where('status', '=', 'pending')
        .executeTakeFirst()
      return numUpdatedRows > 0n
    },
  }
}

function toRecord(row: Selectable<ConnectionAttemptTable>): AttemptRecord {
  return {
    ...row,
    status: row.status as AttemptStatus,
    error: row.error === null ? null : JSON.parse(row.error),
  }
}
