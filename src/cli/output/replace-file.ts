import { readFile, rename, writeFile } from 'node:fs/promises'
import { CliError } from '../../errors/index.ts'

/** How a file that we wrote before is told from one that somebody else did. */
export interface GeneratedFile {
  /** What it begins with. */
  readonly mark: string
  /** What it is, for the refusal: `client`. */
  readonly thing: string
}

/**
 * Writes a file in place of an older one of the same kind; a reader never sees half of it.
 *
 * @param shown - the path as the person would write it
 * @throws {CliError} `cli/file`: it is somebody else's, or cannot be written
 */
export async function replaceFile(
  path: string,
  shown: string,
  content: string | Buffer,
  { mark, thing }: GeneratedFile,
): Promise<void> {
  const present = await readFile(path).catch(() => undefined)
  if (present !== undefined && present.subarray(0, mark.length).toString() !== mark)
    throw new CliError('cli/file', {
      message: `${shown} exists and is no generated ${thing}.`,
      hint: 'Name another file, or remove this one first.',
    })
  try {
    await writeFile(`${path}.new`, content)
    await rename(`${path}.new`, path)
  } catch {
    throw new CliError('cli/file', {
      message: `${shown} cannot be written.`,
      hint: 'Name a file in a folder that exists and can be written.',
    })
  }
}
