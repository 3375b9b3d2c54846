import type { TransportEvent } from './events.ts'
import type { Gate } from './gate.ts'
import type { BodySink, Exchange, ResponseHead } from './http-client.ts'
import type { Limits } from './limits.ts'

/** What a caller says about one request on its way. */
export interface SendOptions {
  /** For the whole call in milliseconds, from now: attempts, waits and slow arrival included. */
  readonly timeoutMs: number
  readonly signal?: AbortSignal | undefined
  readonly limits?: Partial<Limits> | undefined
  readonly observe?: ((event: TransportEvent) => void) | undefined
  /**
   * Asked at the head of each answer; where it gives a sink, the body goes there as it comes, as it is: nothing in it
   * is masked. Once a sink was given, the request is not sent again.
   */
  readonly receive?: ((head: ResponseHead) => BodySink | undefined) | undefined
  /**
   * Gives the text of a success as it came, secrets of the request included: the answer of a token endpoint is a secret
   * as a whole, and repeats a refresh token that stays the same.
   */
  readonly keepsSecrets?: boolean | undefined
  /** Lets a read be redirected to another origin: without credentials, over TLS where it began so, to public addresses. */
  readonly leavesOrigin?: boolean | undefined
  /** Says when each exchange may begin, and whether another attempt may follow. */
  readonly gate?: Gate | undefined
  /** What an answer counts as where its status does not say it: decides whether it is repeated. */
  readonly countedStatus?: ((answer: Exchange) => number | undefined) | undefined
  /** Finds answers that mean 429 without saying it, with the wait they ask for. */
  readonly readRateLimit?:
    | ((answer: Exchange) => { readonly retryAfterMs: number | undefined } | undefined)
    | undefined
}
