import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite'
import type { SqliteDatabase, SqliteStatement } from 'kysely'
import { HubError } from '../../hub-error.ts'
import { storeFailure } from '../store-failure.ts'

/** How long a statement waits while another process writes. */
const busyTimeoutMs = 10_000
/** Statements are few and made by code; the bound only keeps lists of changing length from piling up. */
const maxStatements = 500

export interface NodeSqliteDatabase extends SqliteDatabase {
  /** Another number after another connection has changed the database. */
  foreignChanges(): number
}

/** Told of every statement that writes: whether the database took it. */
export type WriteWatcher = (failure: Error | undefined) => void

/** The runtime's own SQLite in the form that Kysely's dialect expects. @throws as {@link storeFailure} */
export function openNodeSqlite(
  path: string,
  { watch = () => undefined, timeoutMs = busyTimeoutMs }: { watch?: WriteWatcher; timeoutMs?: number } = {},
): NodeSqliteDatabase {
  const database = new DatabaseSync(path, { timeout: timeoutMs })
  try {
    // Before the first pragma that writes.
    refuseForeign(database, path)
    // WAL: readers go on while somebody writes. FULL: what was committed survives a power cut.
    database.exec('pragma journal_mode = wal; pragma synchronous = full; pragma foreign_keys = on')
  } catch (error) {
    // Its journal and its lock would stay until the end of the process.
    database.close()
    throw error
  }
  const coded = <T>(work: () => T): T => {
    try {
      return work()
    } catch (thrown) {
      throw storeFailure(thrown) ?? thrown
    }
  }
  const version = database.prepare('pragma data_version')
  const statements = new Map<string, SqliteStatement>()
  return {
    prepare(sql) {
      const known = statements.get(sql)
      if (known !== undefined) return known
      // A transaction that begins by reading could not become a writing one while another process writes.
      const statement = wrapStatement(
        coded(() => database.prepare(sql === 'begin' ? 'begin immediate' : sql)),
        sql,
        watch,
      )
      if (statements.size >= maxStatements) statements.clear()
      statements.set(sql, statement)
      return statement
    },
    foreignChanges: () => coded(() => Number(version.get()?.['data_version'])),
    close: () => database.close(),
  }
}

/** A file that another program has made tables in is not ours to change. */
function refuseForeign(database: DatabaseSync, path: string): void {
  const tables = database.prepare("select name from sqlite_schema where type = 'table'").all()
  const names = tables.map(({ name }) => String(name))
  if (names.length === 0 || names.includes('migration')) return
  throw new HubError('hub/store-damaged', {
    message: `${path} is a database of another program: it has the table "${names[0]}".`,
  })
}

function wrapStatement(statement: StatementSync, sql: string, watch: WriteWatcher): SqliteStatement {
  const reader = statement.columns().length > 0
  // Beginning and taking back a transaction works on a full disk too.
  const changes = /^(?:insert|update|delete)\b/i.test(sql)
  const told = <T>(work: () => T, changed: (result: T) => boolean): T => {
    try {
      const result = work()
      // A change of no rows is taken by a full disk too.
      if (changes && changed(result)) watch(undefined)
      return result
    } catch (thrown) {
      const failure = storeFailure(thrown)
      if (failure !== undefined) watch(failure)
      throw failure ?? thrown
    }
  }
  return {
    reader,
    all: (values) =>
      told(
        () => statement.all(...inputs(values)),
        (rows) => rows.length > 0,
      ),
    run: (values) =>
      told(
        () => statement.run(...inputs(values)),
        (result) => result.changes > 0,
      ),
    iterate: (values) =>
      told(
        () => statement.iterate(...inputs(values)),
        () => false,
      ),
  }
}

function inputs(values: readonly unknown[]): SQLInputValue[] {
  return values as SQLInputValue[]
}
