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
}

/** A complete answer as it came, decompressed. */
export interface Exchange {
  readonly status: number
  /** Names in lower case, several values of a name joined by a comma. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: Buffer
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
 * - `unsendable`: the client does not take such a request
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
  | 'unsendable'

/** Why an exchange gave no complete answer. Stays within the transport, which words the error for callers. */
export class ExchangeFailure extends Error {
  readonly reason: FailureReason
  /** Whether the request was handed to a connection, so that the provider may have acted on it. */
  readonly sent: boolean
  /** A clause for people, without values of the request. */
  readonly detail: string
  /** The status, where the head of an answer had arrived. */
  readonly status: number | undefined

  constructor(reason: FailureReason, sent: boolean, detail: string, status?: number) {
    super(detail)
    this.reason = reason
    this.sent = sent
    this.detail = detail
    this.status = status
  }
}
