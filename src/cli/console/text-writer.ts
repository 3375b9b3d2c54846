import type { Writable } from 'node:stream'

const flushAt = 64 * 1024

/** The reader of standard output went away (`| head`). Not a failure: there is nobody left to tell. */
export class OutputClosed extends Error {}

/** Writes text in the reader's pace, gathered into chunks that leave at the latest when the process would wait. */
export interface TextWriter {
  /** Resolves at once while there is room; a full chunk waits until the stream has taken it. */
  write(text: string): Promise<void>
  /** Resolves when everything has been taken. */
  flush(): Promise<void>
}

/** @throws {OutputClosed} from both methods, once the reader is gone */
export function createTextWriter(stream: Writable): TextWriter {
  let pending: string[] = []
  let length = 0
  let failure: Error | undefined
  let scheduled: NodeJS.Immediate | undefined
  let lastWrite: Promise<void> = Promise.resolve()

  stream.on('error', (error) => {
    failure ??= error
  })

  const send = (): Promise<void> => {
    if (scheduled !== undefined) clearImmediate(scheduled)
    scheduled = undefined
    if (length === 0) return lastWrite
    const chunk = pending.join('')
    pending = []
    length = 0
    lastWrite = new Promise((resolve) => {
      stream.write(chunk, (error) => {
        if (error) failure ??= error
        resolve()
      })
    })
    return lastWrite
  }

  const check = () => {
    if (failure !== undefined) throw new OutputClosed('Standard output is closed.')
  }

  return {
    async write(text) {
      check()
      pending.push(text)
      length += text.length
      // Rows of one page arrive without a turn of the event loop; a reader sees them as soon as the page is through.
      if (length < flushAt) scheduled ??= setImmediate(() => void send())
      else await send()
      check()
    },
    async flush() {
      await send()
      check()
    },
  }
}
