import { chmodSync, closeSync, existsSync, openSync } from 'node:fs'
import { CamelCasePlugin, Kysely, PostgresDialect, SqliteDialect } from 'kysely'
import { HubError } from '../hub-error.ts'
import type { Tables } from './tables.ts'

export type DatabaseKind = 'sqlite' | 'postgres'

export interface Database {
  readonly kind: DatabaseKind
  readonly query: Kysely<Tables>
}

/** Where the rows live. */
export type DatabaseAddress =
  | { readonly kind: 'sqlite'; readonly path: string }
  | {
      readonly kind: 'postgres'
      readonly url: string
      readonly schema?: string
      readonly connections?: number
    }

/**
 * Opens the database; nothing is created in it yet.
 *
 * @throws {HubError} `hub/store-unreachable`
 */
export async function openDatabase(address: DatabaseAddress): Promise<Database> {
  const plugins = [new CamelCasePlugin({ maintainNestedObjectKeys: true })]
  const dialect =
    address.kind === 'sqlite' ? await sqliteDialect(address.path) : await postgresDialect(address)
  return { kind: address.kind, query: new Kysely<Tables>({ dialect, plugins }) }
}

async function sqliteDialect(path: string): Promise<SqliteDialect> {
  const { openNodeSqlite } = await import('./sqlite/node-sqlite-database.ts')
  try {
    if (path !== ':memory:') createPrivately(path)
    return new SqliteDialect({ database: openNodeSqlite(path) })
  } catch (error) {
    throw new HubError('hub/store-unreachable', {
      message: `The database file ${path} cannot be opened (${codeOf(error)}).`,
    })
  }
}

/** SQLite makes its journal with the rights of the database file. */
function createPrivately(path: string): void {
  if (!existsSync(path)) closeSync(openSync(path, 'a', 0o600))
  chmodSync(path, 0o600)
}

async function postgresDialect(address: {
  readonly url: string
  readonly schema?: string
  readonly connections?: number
}): Promise<PostgresDialect> {
  const { default: pg } = await import('pg')
  // Counters come as bigint, which pg would give as text.
  const int8 = 20
  const types = {
    getTypeParser: (oid: number, format?: 'text' | 'binary') =>
      oid === int8 ? Number : pg.types.getTypeParser(oid, format as 'text'),
  }
  const pool = new pg.Pool({
    connectionString: address.url,
    max: address.connections ?? 10,
    connectionTimeoutMillis: 10_000,
    types: types as never,
    ...(address.schema === undefined ? {} : { options: `-c search_path=${address.schema}` }),
  })
  // An idle connection that the server ends is no reason for the process to end.
  pool.on('error', () => undefined)
  return new PostgresDialect({ pool })
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown reason'
}
