import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { CliError } from '../../errors/index.ts'

/** How a folder that we wrote before is told from one that somebody else did. */
export interface GeneratedFolder {
  /** What it is, for the refusal: `website`. */
  readonly thing: string
  /** A file that is always in it, and a text that is always in that file. */
  readonly markedFile: string
  readonly mark: string
  /** Everything that may stand directly in it. */
  readonly entries: readonly string[]
}

interface FolderFile {
  /** From the folder; slashes on every system. */
  readonly path: string
  readonly content: string
}

/**
 * Writes a folder in place of an older one of the same kind, whole or not at all: the older one stays where it is until
 * the new one is complete.
 *
 * @param shown - the path as the person would write it
 * @throws {CliError} `cli/file`: it is somebody else's or holds other things too, or it cannot be written
 */
export async function replaceFolder(
  folder: string,
  shown: string,
  files: readonly FolderFile[],
  generated: GeneratedFolder,
): Promise<void> {
  const isPresent = await checkPresent(folder, shown, generated)
  const draft = `${folder}.new-${process.pid}`
  const old = `${folder}.old-${process.pid}`
  try {
    for (const parent of new Set(files.map(({ path }) => dirname(join(draft, path)))))
      await mkdir(parent, { recursive: true })
    for (const { path, content } of files) await writeFile(join(draft, path), content)
    if (isPresent) await rename(folder, old)
    try {
      await rename(draft, folder)
    } catch (error) {
      if (isPresent) await rename(old, folder)
      throw error
    }
  } catch {
    throw new CliError('cli/file', {
      message: `${shown} cannot be written.`,
      hint: 'Name a folder in one that can be written.',
    })
  } finally {
    await rm(draft, { recursive: true, force: true })
  }
  await rm(old, { recursive: true, force: true })
}

async function checkPresent(
  folder: string,
  shown: string,
  { thing, markedFile, mark, entries }: GeneratedFolder,
): Promise<boolean> {
  let names: readonly string[]
  try {
    names = await readdir(folder)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false
    throw refused(`${shown} is no folder.`)
  }
  if (names.length === 0) return true
  const marked = await readFile(join(folder, markedFile), 'utf8').catch(() => '')
  if (!marked.includes(mark)) throw refused(`${shown} exists and is no generated ${thing}.`)
  const other = names.find((name) => !entries.includes(name))
  if (other !== undefined)
    throw refused(`${shown} holds ${other} too, which replacing the ${thing} would remove.`)
  return true
}

function refused(message: string): CliError {
  return new CliError('cli/file', { message, hint: 'Name another folder, or move what is in this one.' })
}
