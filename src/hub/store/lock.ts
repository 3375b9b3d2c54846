import { sql } from 'kysely'
import { type Database, type DatabaseAddress, openDatabase } from './open-database.ts'

/** Locks between the processes that share a database. */
export interface Lock {
  exclusively<T>(name: string, work: () => Promise<T>): Promise<T>
  close(): Promise<void>
}

/** Work that waits for another process holds a connection: a few at most, and none of those that queries need. */
const lockConnections = 4

/** On SQLite one process works on a file; on PostgreSQL an advisory lock is held for the time of the work. */
export function createLock(address: DatabaseAddress): Lock {
  if (address.kind === 'sqlite') return { exclusively: (_name, work) => work(), close: async () => undefined }
  let opened: Promise<Database> | undefined
  return {
    async exclusively(name, work) {
      opened ??= openDatabase({ ...address, connections: lockConnections })
      const { query } = await opened
      return query.connection().execute(async (connection) => {
        await sql`select pg_advisory_lock(hashtextextended(${name}, 0))`.execute(connection)
        try {
          return await work()
        } finally {
          await sql`select pg_advisory_unlock(hashtextextended(${name}, 0))`.execute(connection)
        }
      })
    },
    async close() {
      await (await opened)?.query.destroy()
    },
  }
}
