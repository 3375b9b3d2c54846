import { HubError } from '../hub-error.ts'

type StoreCode =
  | 'hub/store-full'
  | 'hub/store-read-only'
  | 'hub/store-busy'
  | 'hub/store-damaged'
  | 'hub/store-unreachable'

/** Primary result codes of SQLite (sqlite.org/rescode.html); an extended code holds its primary in the low byte. */
const ofSqlite: Readonly<Record<number, StoreCode>> = {
  // SQLITE_IOERR_SHMSIZE: the index beside the journal could not grow, which is what a full disk does to a start.
  4874: 'hub/store-full',
  5: 'hub/store-busy',
  6: 'hub/store-busy',
  8: 'hub/store-read-only',
  10: 'hub/store-unreachable',
  11: 'hub/store-damaged',
  13: 'hub/store-full',
  14: 'hub/store-unreachable',
  26: 'hub/store-damaged',
}

/** SQLSTATE of PostgreSQL (appendix A), whole or by its class; and what the socket says. */
const ofPostgres: Readonly<Record<string, StoreCode>> = {
  '53100': 'hub/store-full',
  '25006': 'hub/store-read-only',
  '55P03': 'hub/store-busy',
  '40P01': 'hub/store-busy',
  '53300': 'hub/store-unreachable',
  '57P01': 'hub/store-unreachable',
  '57P03': 'hub/store-unreachable',
  XX001: 'hub/store-damaged',
  XX002: 'hub/store-damaged',
  '08': 'hub/store-unreachable',
  // A name, password or database that is none.
  '28': 'hub/store-unreachable',
  '3D': 'hub/store-unreachable',
  ECONNREFUSED: 'hub/store-unreachable',
  ECONNRESET: 'hub/store-unreachable',
  EPIPE: 'hub/store-unreachable',
  ENOTFOUND: 'hub/store-unreachable',
  ETIMEDOUT: 'hub/store-unreachable',
}

const ofSystem: Readonly<Record<string, StoreCode>> = {
  ENOSPC: 'hub/store-full',
  EDQUOT: 'hub/store-full',
  EROFS: 'hub/store-read-only',
}

const messages: Readonly<Record<StoreCode, string>> = {
  'hub/store-full': 'The disk of the database is full.',
  'hub/store-read-only': 'The database cannot be written.',
  'hub/store-busy': 'The database is held by another process.',
  'hub/store-damaged': 'The database is damaged, or is no database.',
  'hub/store-unreachable': 'The database cannot be reached.',
}

/** What the database could not do, as an error of ours; undefined where it is none of its state but of the statement. */
export function storeFailure(thrown: unknown, place?: string): HubError | undefined {
  // By its form: the errors of native modules are of another realm where code runs in a context of its own.
  if (thrown instanceof HubError || typeof thrown !== 'object' || thrown === null) return undefined
  const code = codeOf(thrown)
  if (code === undefined) return undefined
  const message = messages[code]
  return new HubError(code, { message: place === undefined ? message : `${message.slice(0, -1)}: ${place}.` })
}

function codeOf(error: object): StoreCode | undefined {
  const { errcode, code, message } = error as { errcode?: unknown; code?: unknown; message?: unknown }
  if (typeof errcode === 'number') return ofSqlite[errcode] ?? ofSqlite[errcode & 0xff]
  // A pool whose connection attempt took too long gives an error without a code.
  if (/^(?:timeout exceeded when trying to connect|Connection terminated)/.test(String(message)))
    return 'hub/store-unreachable'
  if (typeof code !== 'string') return undefined
  return ofSystem[code] ?? ofPostgres[code] ?? ofPostgres[code.slice(0, 2)]
}
