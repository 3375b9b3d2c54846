import { randomBytes } from 'node:crypto'
import { readFile, rename, writeFile } from 'node:fs/promises'
import { HubError } from '../hub-error.ts'
import { masterKeyBytes } from './key-ring.ts'

/** Puts a new key into the file, in front of those that are there: it seals from now on, and all open. */
export async function addMasterKey(path: string): Promise<void> {
  const lines = await readLines(path)
  const at = lines.findIndex(isKey)
  lines.splice(Math.max(0, at), 0, randomBytes(masterKeyBytes).toString('base64'))
  await replaceFile(path, lines)
}

/** Takes all keys but the current one out of the file. */
export async function dropFormerKeys(path: string): Promise<void> {
  const lines = await readLines(path)
  const current = lines.find(isKey)
  await replaceFile(
    path,
    lines.filter((line) => !isKey(line) || line === current),
  )
}

function isKey(line: string): boolean {
  return line.trim() !== '' && !line.trim().startsWith('#')
}

async function readLines(path: string): Promise<string[]> {
  try {
    return (await readFile(path, 'utf8')).split(/\r?\n/)
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'unknown reason'
    throw new HubError('hub/master-key-missing', {
      message: `The master key file ${path} cannot be read (${code}).`,
    })
  }
}

/** Whoever reads it meanwhile finds the former file or the new one, whole. */
async function replaceFile(path: string, lines: readonly string[]): Promise<void> {
  const draft = `${path}.${process.pid}.${randomBytes(4).toString('hex')}`
  await writeFile(draft, lines.join('\n'), { mode: 0o600, flag: 'wx', flush: true })
  await rename(draft, path)
}
