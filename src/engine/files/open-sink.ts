import type { Writable } from 'node:stream'
import { finished } from 'node:stream/promises'
import { FileError } from '../../errors/index.ts'
import type { BodySink } from '../../transport/index.ts'

/** A file on its way to the caller. */
export interface OpenSink extends BodySink {
  /** Resolves once everything is where it should be. @throws {FileError} */
  end(): Promise<void>
  /** Gives up; what was written is not whole. */
  abandon(): void
}

/** Writes into a Node stream, no faster than it takes the bytes. */
export function openSink(stream: Writable, maxBytes: number): OpenSink {
  const done = finished(stream, { readable: false })
  // Looked at in `end`; until then a failure shows as a failed write.
  done.catch(() => {})
  return {
    maxBytes,
    write: (chunk) =>
      new Promise((resolve, reject) => {
        stream.write(chunk, (error) => (error == null ? resolve() : reject(error)))
      }),
    async end() {
      stream.end()
      await done.catch(() => {
        throw new FileError('file/unwritable', { message: 'The file could not be written to its end.' })
      })
    },
    abandon: () => stream.destroy(),
  }
}
