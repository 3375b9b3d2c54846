import { createWriteStream } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import type { Writable } from 'node:stream'
import { CliError } from '../../errors/index.ts'

/** The place for the file that an action fetches. */
export interface SavedFile {
  /** For the run. */
  readonly saveFile: () => Writable
  /** Puts a whole file in its place. @throws {CliError} `cli/file` */
  keep(): Promise<void>
  /** Leaves nothing of a broken one. */
  discard(): Promise<void>
}

/** Writes beside the path until the file is whole, so that a broken transfer never stands in the place of a file. */
export function createSavedFile(path: string): SavedFile {
  const partial = `${path}.${process.pid}.partial`
  let opened = false
  return {
    saveFile() {
      if (opened)
        throw new CliError('cli/usage', {
          message: '--out-file takes one file, and the action fetches several.',
        })
      opened = true
      return createWriteStream(partial)
    },
    async keep() {
      if (!opened) throw new CliError('cli/usage', { message: '--out-file: the action fetched no file.' })
      await rename(partial, path).catch((error: NodeJS.ErrnoException) => {
        throw new CliError('cli/file', {
          message: `--out-file: ${path} cannot be written (${error.code ?? 'unknown reason'}).`,
        })
      })
    },
    async discard() {
      if (opened) await rm(partial, { force: true })
    },
  }
}
