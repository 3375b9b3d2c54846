import type { PreparedRequest } from '../http/index.ts'
import type { Limits } from './limits.ts'

/** Sends requests. One implementation stands behind a transport; all pass the same contract suite. */
export interface HttpClient {
  /**
   * One attempt: sends the request as it is and takes the whole answer. No retry, no redirect, no opinion about statuses.
   *
   * @throws {ExchangeFailure} and nothing else
   */
  exchange(request: PreparedRequest, control: ExchangeControl): Promise<Exchange>
  /** Ends every connection. */
  close(): void
}

export interface ExchangeControl {
  /** Ends the exchange at any point, and leaves nothing of it running. */
  readonly signal: AbortSignal
  readonly limits: Limits
  /** Asked once the head of the answer is there; where it gives a sink, the body goes there and not into the exchange. */
  readonly receive?: ((head: ResponseHead) => BodySink | undefined) | undefined
}

/** The beginning of an answer. */
export interface ResponseHead {
  readonly status: number
  /** Names in lower case, several values of a name joined by a comma. */
  readonly headers: Readonly<Record<string, string>>
}

/** Takes the body of an answer as it comes, decompressed. */
export interface BodySink {
  /** Resolves once it can take more; nothing is read meanwhile. A rejection ends the exchange. */
  write(chunk: Uint8Array): Promise<void>
  /** Most bytes it takes, in place of the limit of bodies that are held. */
  readonly maxBytes?: number
}

/** A complete answer as it came, decompressed. */
export interface Exchange {
  readonly status: number
  /** Names in lower case, several values of a name joined by a comma. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: Buffer
  /** Bytes that went to a sink, where one took the body; `body` is empty then. */
  readonly delivered?: number
}

/**
 * - `unreachable`: no connection was made
 * - `untrusted`: the TLS handshake failed
 * - `interrupted`: the connection broke before the head of an answer
 * - `cut`: it broke within the body
 * - `malformed`: what came is not HTTP
 * - `undecodable`: the body does not have the encoding it claims
 * - `too-large`: the body is beyond the limit
 * - `cancelled`: the signal was raised
 * - `held`: the signal was raised while it waited for its turn
 * - `unsendable`: the client does not take such a request
 * - `forbidden`: the address or port may not be reached
 * - `source`: the body of the request could not be made
 * - `sink`: the body of the answer could not be handed over
 */
export type FailureReason =
  | 'unreachable'
  | 'untrusted'
  | 'interrupted'
  | 'cut'
  | 'malformed'
  | 'undecodable'
  | 'too-large'
  | 'cancelled'
  | 'held'
  | 'unsendable'
  | 'forbidden'
  | 'source'
  | 'sink'

/** Why an exchange gave no complete answer. Stays within the transport, which words the error for callers. */
export class ExchangeFailure extends Error {
  readonly reason: FailureReason
  /** Whether the request was handed to a connection, so that the provider may have acted on it. */
  readonly sent: boolean
  /** A clause for people, without values of the request. */
  readonly detail: string
  /** The status, where the head of an answer had arrived. */
  readonly status: number | undefined
  /** Whether a sink had been opened for the body: another exchange would hand it over twice. */
  readonly delivering: boolean

  constructor(reason: FailureReason, sent: boolean, detail: string, status?: number, delivering = false) {
    super(detail)
    this.reason = reason
    this.sent = sent
    this.detail = detail
    this.status = status
    this.delivering = delivering
  }
}
