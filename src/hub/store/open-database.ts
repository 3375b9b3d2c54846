import { chmodSync, closeSync, existsSync, openSync, statSync } from 'node:fs'
import { CamelCasePlugin, Kysely, PostgresDialect, SqliteDialect } from 'kysely'
import { HubError } from '../hub-error.ts'
import type { NodeSqliteDatabase } from './sqlite/node-sqlite-database.ts'
import { storeFailure } from './store-failure.ts'
import type { Tables } from './tables.ts'

export type DatabaseKind = 'sqlite' | 'postgres'

export interface Database {
  readonly kind: DatabaseKind
  readonly query: Kysely<Tables>
  /** Why the last change was not taken; undefined while changes are. */
  lastFailure(): Error | undefined
  /** Another number after another connection has changed the database; SQLite alone can tell. */
  readonly foreignChanges?: () => number
}

/** Where the rows live. */
export type DatabaseAddress =
  | {
      readonly kind: 'sqlite'
      readonly path: string
      /** How long to wait while another process writes; 10 s by default. */
      readonly busyTimeoutMs?: number
    }
  | {
      readonly kind: 'postgres'
      readonly url: string
      readonly schema?: string
      readonly connections?: number
    }

/**
 * Opens the database; nothing is created in it yet.
 *
 * @throws {HubError} `hub/store-unreachable`, `hub/store-damaged`, `hub/store-read-only`, `hub/store-busy`
 */
export async function openDatabase(address: DatabaseAddress): Promise<Database> {
  const plugins = [new CamelCasePlugin({ maintainNestedObjectKeys: true })]
  let failure: Error | undefined
  const watch = (now: Error | undefined) => {
    failure = now
  }
  const lastFailure = () => failure
  if (address.kind === 'postgres') {
    const dialect = await postgresDialect(address, watch)
    return { kind: 'postgres', query: new Kysely<Tables>({ dialect, plugins }), lastFailure }
  }
  const database = await openSqlite(address, watch)
  return {
    kind: 'sqlite',
    query: new Kysely<Tables>({ dialect: new SqliteDialect({ database }), plugins }),
    lastFailure,
    foreignChanges: database.foreignChanges,
  }
}

type Watch = (failure: Error | undefined) => void

async function openSqlite(
  { path, busyTimeoutMs }: Extract<DatabaseAddress, { kind: 'sqlite' }>,
  watch: Watch,
): Promise<NodeSqliteDatabase> {
  const { openNodeSqlite } = await import('./sqlite/node-sqlite-database.ts')
  try {
    if (path !== ':memory:') createPrivately(path)
    return openNodeSqlite(path, {
      watch,
      ...(busyTimeoutMs === undefined ? {} : { timeoutMs: busyTimeoutMs }),
    })
  } catch (error) {
    if (error instanceof HubError) throw error
    const failure = storeFailure(error, path)
    if (failure !== undefined) throw failure
    throw new HubError('hub/store-unreachable', {
      message: `The database file ${path} cannot be opened (${codeOf(error)}).`,
    })
  }
}

/** SQLite makes its journal with the rights of the database file. */
function createPrivately(path: string): void {
  if (!existsSync(path)) closeSync(openSync(path, 'a', 0o600))
  if (!statSync(path).isFile())
    throw new HubError('hub/store-unreachable', { message: `${path} is no file, and no database.` })
  chmodSync(path, 0o600)
}

async function postgresDialect(
  address: Extract<DatabaseAddress, { kind: 'postgres' }>,
  watch: Watch,
): Promise<PostgresDialect> {
  const { default: pg } = await import('pg')
  // Counters come as bigint, which pg would give as text.
  const int8 = 20
  const types = {
    getTypeParser: (oid: number, format?: 'text' | 'binary') =>
      oid === int8 ? Number : pg.types.getTypeParser(oid, format as 'text'),
  }
  try {
    // Connects to nothing. Its failure would carry the address, password included.
    new pg.Client(address.url)
  } catch {
    throw new HubError('hub/config-invalid', {
      message:
        'The address of the database cannot be used: it is none, or a file that it names is not there.',
      hint: 'Correct DATABASE_URL: postgres://user:password@host/name, with special characters percent-encoded.',
    })
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
  const coded = (thrown: unknown): never => {
    const failure = storeFailure(thrown)
    if (failure !== undefined) watch(failure)
    throw failure ?? thrown
  }
  // Between Kysely and the pool, so that every failure of the server is one of ours, whatever asked.
  return new PostgresDialect({
    pool: {
      options: pool.options as never,
      Client: pg.Client as never,
      end: () => pool.end(),
      connect: async () => {
        const client = await pool.connect().catch(coded)
        watch(undefined)
        const query = client.query.bind(client) as (...given: unknown[]) => Promise<unknown>
        return Object.assign(Object.create(client), {
          query: (...given: unknown[]) => query(...given).catch(coded),
        })
      },
    },
  })
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown reason'
}
