import { sql } from 'kysely'
import { HubError } from '../hub-error.ts'
import { migrations } from './migrations/index.ts'
import type { Database } from './open-database.ts'

/** Any number that no other program takes as an advisory lock. */
const postgresLock = 7_270_415_001

/**
 * Brings the tables to what this version needs, forward only. All in one transaction under a lock: two processes that
 * start at once do it once, and a process that dies in the middle leaves things as they were.
 *
 * @throws {HubError} `hub/store-newer`: a later version was here; `hub/store-damaged`
 */
export async function migrate({ kind, query }: Database): Promise<void> {
  if (kind === 'sqlite') await checkFile(query)
  await query.transaction().execute(async (transaction) => {
    // On SQLite the transaction itself is the lock: it begins as a writing one.
    if (kind === 'postgres') await sql`select pg_advisory_xact_lock(${postgresLock})`.execute(transaction)
    await transaction.schema
      .createTable('migration')
      .ifNotExists()
      .addColumn('name', 'text', (column) => column.primaryKey())
      .addColumn('applied_at', 'text', (column) => column.notNull())
      .execute()
    const { rows } = await sql<{ name: string }>`select name from migration`.execute(transaction)
    const applied = new Set(rows.map(({ name }) => name))
    const unknown = [...applied].filter((name) => !(name in migrations))
    if (unknown.length > 0)
      throw new HubError('hub/store-newer', {
        message: `The database was used by a later version: it has the migration ${unknown.sort().at(-1)}.`,
      })
    for (const [name, up] of Object.entries(migrations)) {
      if (applied.has(name)) continue
      await up(transaction, kind)
      await sql`insert into migration (name, applied_at) values (${name}, ${new Date().toISOString()})`.execute(
        transaction,
      )
    }
  })
}

/** A page that was overwritten may be read after weeks only; by then the copies have it too. */
async function checkFile(query: Database['query']): Promise<void> {
  const { rows } = await sql<{ quickCheck: string }>`pragma quick_check(1)`.execute(query)
  const [finding] = rows
  if (finding === undefined || finding.quickCheck === 'ok') return
  throw new HubError('hub/store-damaged', { message: `The database is damaged: ${finding.quickCheck}.` })
}
