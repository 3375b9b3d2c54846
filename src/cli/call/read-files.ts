import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { CliError } from '../../errors/index.ts'
import type { ActionPlan, FileSource } from '../../plan/index.ts'
import type { CommandContext } from '../command-context.ts'
import type { NamedText } from '../program/option-values.ts'

/** The `--input` options, the files among them apart. */
export interface GivenInputs {
  readonly texts: readonly NamedText[]
  readonly files: Readonly<Record<string, FileSource>>
}

/**
 * Finds `name=@path` among the inputs whose content an action uploads: the file is read when it is sent. For all other
 * inputs an @ is a character like any other.
 *
 * @throws {CliError} `cli/file`: a path that is no file
 */
export async function readFiles(
  { resolvePath }: CommandContext,
  action: ActionPlan,
  inputs: readonly NamedText[] = [],
): Promise<GivenInputs> {
  const isFile = ({ name, text }: NamedText) => action.fileInputs.has(name) && text.startsWith('@')
  const found = inputs.filter(isFile).map(async ({ name, text }) => {
    const path = text.slice(1)
    return [name, await openFile(resolvePath(path), `${name}=@${path}`)] as const
  })
  return {
    texts: inputs.filter((input) => !isFile(input)),
    files: Object.fromEntries(await Promise.all(found)),
  }
}

async function openFile(path: string, what: string): Promise<FileSource> {
  const facts = await stat(path).catch((error: NodeJS.ErrnoException) => {
    throw new CliError('cli/file', {
      message: `--input ${what} cannot be read (${error.code ?? 'unknown reason'}).`,
    })
  })
  if (!facts.isFile()) throw new CliError('cli/file', { message: `--input ${what} is not a file.` })
  return { bytes: facts.size, open: (signal) => createReadStream(path, { signal }) }
}
