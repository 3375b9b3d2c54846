import type { IncomingHttpHeaders } from 'node:http'

/** A request that has been read to its end. */
export interface RestRequest {
  readonly method: string
  /** As sent, without the query. */
  readonly path: string
  /** Decoded; a broken escape has been refused before. */
  readonly segments: readonly string[]
  readonly query: URLSearchParams
  readonly headers: IncomingHttpHeaders
  readonly body: Buffer
}

/** An answer; at most one of `json`, `text` and `bytes`. */
export interface RestReply {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  readonly json?: unknown
  readonly text?: string
  readonly bytes?: Buffer
}

/** An answer other than success, in the provider's own envelope. It never leaves the sandbox as an exception. */
export class RestRefusal extends Error {
  readonly reply: RestReply

  constructor(reply: RestReply) {
    super(`refused with ${reply.status}`)
    this.reply = reply
  }
}

/** A provider without its sockets. */
export interface RestEmulator {
  /** @throws {RestRefusal} */
  handle(request: RestRequest): RestReply
  /** The provider's words for too many requests. */
  rateLimited(retryAfter: string | null): RestReply
  /** Whatever must not be remembered of requests. */
  secrets(): readonly string[]
  /** Everything as at the start. */
  reset(): void
  /** What a test may do beside the provider's own API, at `POST /__sandbox/<name>`. */
  readonly controls: Readonly<Record<string, (body: unknown) => unknown>>
}

/** The value of a bearer token; empty where there is none. */
export function bearerOf({ headers }: RestRequest): string {
  return /^Bearer (.+)$/i.exec(headers.authorization ?? '')?.[1] ?? ''
}

/** The JSON object of a body; undefined where it is none. */
export function jsonObjectOf({ body }: RestRequest): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(body.toString('utf8'))
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Readonly<Record<string, unknown>>)
      : undefined
  } catch {
    return undefined
  }
}
