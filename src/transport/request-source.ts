import type { Duplex } from 'node:stream'
import type { StreamedBody } from '../http/index.ts'

/** Why a streamed body could not be sent as a whole; the message is a clause without values of the request. */
export class SourceFailure extends Error {}

/** The bytes of a streamed body on their way into one request. */
export class RequestSource {
  readonly #controller = new AbortController()
  readonly #chunks: AsyncIterator<Uint8Array>
  readonly #bytes: number | undefined
  #first: IteratorResult<Uint8Array> | undefined
  #ended = false

  constructor(body: StreamedBody) {
    this.#bytes = body.bytes
    this.#chunks = body.open(this.#controller.signal)[Symbol.asyncIterator]()
  }

  /** Whether every byte was handed to the request. */
  get ended(): boolean {
    return this.#ended
  }

  /** Takes the first bytes, so that a file that cannot be opened is known before anything is sent. @throws {SourceFailure} */
  async begin(): Promise<void> {
    this.#first = await this.#next()
  }

  /** Writes all bytes, no faster than the connection takes them, and ends the request. @throws {SourceFailure} */
  async sendInto(stream: Duplex): Promise<void> {
    let sent = 0
    let next = this.#first ?? (await this.#next())
    while (next.done !== true) {
      if (this.#controller.signal.aborted || stream.destroyed) return
      sent += next.value.length
      if (this.#bytes !== undefined && sent > this.#bytes)
        throw new SourceFailure(`the file has more than its ${this.#bytes} bytes`)
      if (!stream.write(next.value)) await drained(stream)
      next = await this.#next()
    }
    if (this.#controller.signal.aborted || stream.destroyed) return
    if (this.#bytes !== undefined && sent < this.#bytes)
      throw new SourceFailure(`the file ended after ${sent} of its ${this.#bytes} bytes`)
    this.#ended = true
    stream.end()
  }

  /** Lets go of the file. */
  close(): void {
    this.#controller.abort()
    // Waits for a read that is under way, which the signal ends; nobody has to wait for that.
    this.#chunks.return?.().catch(() => {})
  }

  async #next(): Promise<IteratorResult<Uint8Array>> {
    try {
      return await this.#chunks.next()
    } catch (error) {
      if (error instanceof SourceFailure) throw error
      const code = (error as { code?: unknown } | null)?.code
      throw new SourceFailure(`the file cannot be read${typeof code === 'string' ? ` (${code})` : ''}`)
    }
  }
}

function drained(stream: Duplex): Promise<void> {
  return new Promise((resolve) => {
    const finish = () => {
      stream.off('drain', finish)
      stream.off('close', finish)
      resolve()
    }
    stream.once('drain', finish)
    stream.once('close', finish)
    if (stream.destroyed) finish()
  })
}
