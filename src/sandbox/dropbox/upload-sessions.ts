import { RestRefusal } from '../rest/rest-emulator.ts'
import { badRequest, failure } from './dropbox-failure.ts'

interface Session {
  readonly pieces: Buffer[]
  bytes: number
  closed: boolean
}

/** One request of the content host carries no more. */
const largestBody = 150 * 1024 * 1024

/** Files that come in pieces: nothing of them is there before the last call. */
export class UploadSessions {
  readonly #sessions = new Map<string, Session>()
  #count = 0

  /** Gives the id of a new one that begins with these bytes. */
  start(body: Buffer, closed: boolean): string {
    refuseLarge(body)
    this.#count += 1
    const id = `sandbox-session-${this.#count}`
    this.#sessions.set(id, { pieces: [body], bytes: body.length, closed })
    return id
  }

  /** @throws {RestRefusal} no such session, another place than its end, or one that is closed */
  append(cursor: unknown, body: Buffer, close: boolean): void {
    refuseLarge(body)
    const session = this.#at(cursor)
    if (session.closed) throw new RestRefusal(failure(409, 'closed/...', { '.tag': 'closed' }))
    session.pieces.push(body)
    session.bytes += body.length
    session.closed = close
  }

  /** All that came, with the bytes of the last call. @throws {RestRefusal} as {@link append} */
  contentOf(cursor: unknown, body: Buffer): Buffer {
    refuseLarge(body)
    return Buffer.concat([...this.#at(cursor, 'lookup_failed').pieces, body])
  }

  end(cursor: unknown): void {
    this.#sessions.delete(idOf(cursor))
  }

  reset(): void {
    this.#sessions.clear()
    this.#count = 0
  }

  #at(cursor: unknown, group?: string): Session {
    const refuse = (tag: string, more: object = {}) => {
      const error = { '.tag': tag, ...more }
      return new RestRefusal(
        group === undefined
          ? failure(409, `${tag}/...`, error)
          : failure(409, `${group}/${tag}/...`, { '.tag': group, [group]: error }),
      )
    }
    const session = this.#sessions.get(idOf(cursor))
    if (session === undefined) throw refuse('not_found')
    const { offset } = cursor as { offset?: unknown }
    if (typeof offset !== 'number') throw badRequest('cursor')
    if (offset !== session.bytes) throw refuse('incorrect_offset', { correct_offset: session.bytes })
    return session
  }
}

function idOf(cursor: unknown): string {
  const id = (cursor as { session_id?: unknown } | null | undefined)?.session_id
  if (typeof id !== 'string') throw badRequest('cursor')
  return id
}

function refuseLarge(body: Buffer): void {
  if (body.length > largestBody) throw new RestRefusal({ status: 413, text: 'Request Entity Too Large' })
}
