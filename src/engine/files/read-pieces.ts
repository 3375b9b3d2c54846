import { FileError } from '../../errors/index.ts'
import type { StreamedBody } from '../../http/index.ts'

/** Waits for the next bytes of the file. @throws where nobody waits any longer */
export type AwaitBytes = <Value>(read: () => Promise<Value>) => Promise<Value>

/**
 * The bytes of a file in pieces of a size, of which the last may be shorter. A piece is good until the next one is asked
 * for: one buffer serves them all.
 *
 * @throws {FileError} `file/unreadable`: it cannot be read, or has more or fewer bytes than it said
 */
export async function* readPieces(
  file: StreamedBody | Uint8Array,
  bytes: number,
  awaitBytes: AwaitBytes = (read) => read(),
): AsyncGenerator<Uint8Array, void> {
  if (file instanceof Uint8Array) {
    for (let start = 0; start < file.length; start += bytes) yield file.subarray(start, start + bytes)
    return
  }
  const controller = new AbortController()
  const piece = Buffer.allocUnsafe(Math.min(bytes, file.bytes ?? bytes))
  let filled = 0
  let read = 0
  let source: AsyncIterator<Uint8Array> | undefined
  try {
    source = attempt(() => file.open(controller.signal)[Symbol.asyncIterator]())
    const from = source
    for (;;) {
      const next = await awaitBytes(() => from.next().catch(refuse))
      if (next.done === true) break
      read += next.value.length
      if (file.bytes !== undefined && read > file.bytes)
        throw unreadable(`The file has more than its ${file.bytes} bytes.`)
      for (let taken = 0; taken < next.value.length; ) {
        const part = next.value.subarray(taken, taken + piece.length - filled)
        piece.set(part, filled)
        filled += part.length
        taken += part.length
        if (filled < piece.length) continue
        yield piece
        filled = 0
      }
    }
    if (file.bytes !== undefined && read < file.bytes)
      throw unreadable(`The file ended after ${read} of its ${file.bytes} bytes.`)
    if (filled > 0) yield piece.subarray(0, filled)
  } finally {
    controller.abort()
    // Waits for a read that is under way, which the signal ends; nobody has to wait for that.
    source?.return?.().catch(() => {})
  }
}

function attempt<Value>(open: () => Value): Value {
  try {
    return open()
  } catch (error) {
    return refuse(error)
  }
}

function refuse(error: unknown): never {
  const code = (error as { code?: unknown } | null)?.code
  throw unreadable(`The file cannot be read${typeof code === 'string' ? ` (${code})` : ''}.`)
}

function unreadable(message: string): FileError {
  return new FileError('file/unreadable', { message })
}
