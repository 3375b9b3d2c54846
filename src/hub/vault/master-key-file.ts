import { randomBytes } from 'node:crypto'
import { link, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { HubError } from '../hub-error.ts'
import { createKeyRing, type KeyRing, masterKeyBytes } from './key-ring.ts'

/**
 * Reads the master keys, one a line in base64, the current one first; makes the file with a new key where it is
 * missing and may be made.
 *
 * @param mayCreate - false once a database is there: a new key would open nothing in it
 * @throws {HubError} `hub/master-key-missing`, `hub/master-key-unusable`
 */
export async function loadMasterKeyFile(path: string, mayCreate: boolean): Promise<KeyRing> {
  const text = (await readText(path)) ?? (mayCreate ? await createFile(path) : undefined)
  if (text === undefined)
    throw new HubError('hub/master-key-missing', {
      message: `There is a database, and its master key file ${path} is missing. Nothing was changed.`,
    })
  await checkMode(path)
  return parseMasterKeys(text, path)
}

/** @throws {HubError} `hub/master-key-unusable` */
export function parseMasterKeys(text: string, source: string): KeyRing {
  const lines = text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'))
  const keys = lines.map((line) => Buffer.from(line, 'base64'))
  if (keys.length === 0 || keys.some((key) => key.length !== masterKeyBytes))
    throw unusable(
      source,
      `holds no key: each line has to be ${masterKeyBytes} bytes in base64 (openssl rand -base64 32)`,
    )
  return createKeyRing(keys)
}

async function readText(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code
    if (code === 'ENOENT') return undefined
    throw unusable(path, `cannot be read (${code ?? 'unknown reason'})`)
  }
}

/** Complete before it has its name: of two processes that start at once, both read the key of the first. */
async function createFile(path: string): Promise<string> {
  const text = [
    '# The master key of this Mainspring. Whoever has it and the database can read every credential.',
    '# Keep a copy apart from the database: without it no linked account can be opened again.',
    randomBytes(masterKeyBytes).toString('base64'),
    '',
  ].join('\n')
  const draft = `${path}.${process.pid}.${randomBytes(4).toString('hex')}`
  try {
    await writeFile(draft, text, { mode: 0o600, flag: 'wx', flush: true })
    await link(draft, path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST')
      throw unusable(path, `cannot be made (${(error as NodeJS.ErrnoException).code ?? 'unknown reason'})`)
  } finally {
    await rm(draft, { force: true })
  }
  return (await readText(path)) ?? text
}

async function checkMode(path: string): Promise<void> {
  if (process.platform === 'win32') return
  const { mode } = await stat(path)
  if ((mode & 0o077) !== 0)
    throw unusable(path, `can be read by others (mode ${(mode & 0o777).toString(8)}); run chmod 600 on it`)
}

function unusable(source: string, why: string): HubError {
  return new HubError('hub/master-key-unusable', { message: `The master key ${source} ${why}.` })
}
