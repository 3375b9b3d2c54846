import type { RequestNote } from '../exact/request-note.ts'
import type { RequestPart } from '../request/request-part.ts'

/** A request as it would be sent, secrets masked as `***`. Nothing is sent to make it. */
export interface ExplainedRequest {
  readonly step: string
  /** Upper case. */
  readonly method: string
  readonly url: string
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>
  /** A JSON body as its value, any other as text; absent where none is sent. */
  readonly body?: unknown
  /** The body exactly as it is sent. */
  readonly bodyText?: string
  /** Where the request is not what the original runtime would send, and why; empty where it is the same. */
  readonly notes: readonly RequestNote[]
  /** Where each part comes from in the definition. */
  readonly sources: readonly RequestPart[]
}

/** What {@link explainAction} gives. */
export interface Explanation {
  readonly requests: readonly ExplainedRequest[]
  /** What cannot be known before the run, such as a value taken from an earlier answer. */
  readonly notes: readonly string[]
}
