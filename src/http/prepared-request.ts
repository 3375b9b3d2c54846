import type { StreamedBody } from './streamed-body.ts'

/** What a request does at the provider. Only reads are repeated without the leave of the definition. */
export type RequestEffect = 'read' | 'write'

/** One HTTP request, ready to be sent: the single thing that explain shows and the transport takes. */
export interface PreparedRequest {
  /** Upper case. */
  readonly method: string
  /** Absolute, every value encoded. */
  readonly url: string
  /** Path with the names of its inputs in place of their values (`/people/{person_id}`): safe for errors and traces. */
  readonly urlTemplate: string
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>
  /** A streamed one is sent at most once, whatever `repeatable` says. */
  readonly body?: string | Uint8Array | StreamedBody
  readonly effect: RequestEffect
  /** Whether the same request may be sent again after a failure: reads, and writes that the definition declares safe. */
  readonly repeatable: boolean
  /** Proves who calls while TLS is negotiated. */
  readonly clientCertificate?: ClientCertificate
  /**
   * The origin was named by whoever runs the engine, not by the definition, a credential or an answer: it is reached
   * wherever it is. All other addresses must be of the public internet, or allowed by the rules of the transport.
   */
  readonly trustedOrigin?: boolean
  /** The port that the definition writes into its base URL: allowed beside 80 and 443. */
  readonly declaredPort?: number
  /**
   * Sent as the original runtime sends: no redirect followed and any 3xx a success, a 429 sent again up to five times
   * whatever the method, nothing else repeated.
   */
  readonly original?: boolean
  /** What must never be shown of it. */
  readonly secrets: RequestSecrets
}

/** Certificates and their private keys for mutual TLS, in PEM. */
export interface ClientCertificate {
  readonly certificates: readonly string[]
  readonly keys: readonly string[]
}

/** The secret parts of a request. */
export interface RequestSecrets {
  /** Lower-case names of the headers whose value is secret, each with the text that may be shown (`Token ***`). */
  readonly headers: ReadonlyMap<string, string>
  /** Names of query parameters whose value is secret. */
  readonly query: ReadonlySet<string>
  /** The secret values themselves, and what was derived from them: masked wherever they turn up. */
  readonly values: readonly string[]
}
