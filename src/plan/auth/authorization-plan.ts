import type { RequestPart } from '../request/request-part.ts'
import type { RunContext } from '../run-context.ts'
import type { SignRequest } from './signing/compile-signing.ts'

/** How requests are authenticated, compiled. */
export interface AuthorizationPlan {
  readonly type: string
  /** Whether a header of this name may be set by a step's own arguments. */
  readonly allowsOwnHeader: boolean
  /** Where each header and query parameter is declared, for explain: `header x-api-key`. */
  readonly sources: readonly RequestPart[]
  /** Signs the request once it is complete. */
  readonly sign?: SignRequest
  /** Where the signature is declared, for explain. */
  readonly signingSources?: readonly RequestPart[]
  /** Evaluated for each request: headers and query parameters with their secret parts marked. */
  apply(context: RunContext): AppliedAuthorization
}

/** What authenticates one request. */
export interface AppliedAuthorization {
  readonly headers: readonly AuthenticatedPart[]
  readonly query: readonly AuthenticatedPart[]
  /** Values derived from credentials, such as the base64 of key and secret. */
  readonly secretValues: readonly string[]
}

/** A header (name in lower case) or query parameter that carries credentials. */
export interface AuthenticatedPart {
  readonly name: string
  readonly value: string
  /** What may be shown in its place: `Token ***`. */
  readonly shown: string
}
