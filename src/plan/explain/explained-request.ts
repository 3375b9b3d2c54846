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
  /** Whether the engine sends it again after a failure, and why. */
  readonly retry: RetrySafety
  /** Where the request is not what the original runtime would send, and why; empty where it is the same. */
  readonly notes: readonly RequestNote[]
  /** Where each part comes from in the definition. */
  readonly sources: readonly RequestPart[]
}

/**
 * - `reads`: a read changes nothing
 * - `writes`: a write may have been carried out; it is sent again only where no connection was made
 * - `declared`: the definition says so, `x-mainspring.retry.safe`
 * - `keyed`: an idempotency key goes with every sending, so that the provider carries it out once
 * - `looked-up`: a write that is sent once; where its answer is lost, an action looks whether it happened
 * - `original`: `compat: exact` sends again after 429 alone, whatever the request does
 * - `streamed`: the bytes of a file are sent once
 */
export interface RetrySafety {
  readonly safe: boolean
  readonly because: 'reads' | 'writes' | 'declared' | 'keyed' | 'looked-up' | 'original' | 'streamed'
  /** The header of the idempotency key. */
  readonly header?: string
  /** Id of the action that looks after a lost answer. */
  readonly action?: string
}

/** What {@link explainAction} gives. */
export interface Explanation {
  readonly requests: readonly ExplainedRequest[]
  /** What cannot be known before the run, such as a value taken from an earlier answer. */
  readonly notes: readonly string[]
}
