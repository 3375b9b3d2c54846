import { open, readFile, rename, rm } from 'node:fs/promises'
import { CliError } from '../../errors/index.ts'
import { writeExactJson } from '../../http/index.ts'
import { parseJson } from './read-json-file.ts'

/** What the file holds; undefined where there is none yet. @throws {CliError} `cli/file` */
export async function readStateFile(path: string, shown: string): Promise<unknown> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined
    throw failure(shown, 'read', error)
  })
  if (text === undefined) return undefined
  const state = parseJson(text)
  if (state === undefined)
    throw new CliError('cli/file', { message: `--state: ${shown} does not hold JSON.` })
  return state
}

/**
 * Replaces the file as a whole, or leaves it as it was: whoever is killed in between finds the old state or the new
 * one, never half of one. Only its owner can read it, since a provider's tokens may stand in it.
 *
 * @throws {CliError} `cli/file`
 */
export async function writeStateFile(path: string, shown: string, state: unknown): Promise<void> {
  const next = `${path}.${process.pid}.tmp`
  try {
    const file = await open(next, 'w', 0o600)
    try {
      await file.writeFile(`${writeExactJson(state)}\n`)
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(next, path)
  } catch (error) {
    await rm(next, { force: true })
    throw failure(shown, 'written', error as NodeJS.ErrnoException)
  }
}

function failure(shown: string, what: string, { code }: NodeJS.ErrnoException): CliError {
  return new CliError('cli/file', {
    message: `--state: ${shown} cannot be ${what} (${code ?? 'unknown reason'}).`,
  })
}
