import type { PreparedRequest, RequestEffect } from '../../http/index.ts'
import type { AuthorizationPlan } from '../auth/authorization-plan.ts'
import type { NoteDifference } from '../exact/request-note.ts'
import type { Evaluate, RunContext } from '../run-context.ts'
import type { CertificatePlan } from './compile-certificates.ts'
import type { LookupPlan } from './compile-lookup.ts'
import type { RateLimitReader } from './compile-rate-limit.ts'
import type { ResponsePlan } from './compile-response.ts'
import type { RequestPart } from './request-part.ts'

/** One HTTP request of a step, compiled: everything but the values. */
export interface RequestPlan {
  /** Upper case. For a passthrough: of its plain reading. */
  readonly method: string
  /** Path with names for values: `/people/{person_id}`; empty for a passthrough. */
  readonly urlTemplate: string
  readonly effect: RequestEffect
  /** Whether the request may be sent again after a failure. */
  readonly repeatable: boolean
  /** `x-mainspring.retry.safe`, where the definition says so itself. */
  readonly declaredSafe?: boolean
  /** Header of the idempotency key, in lower case; the same key goes with all sendings of a run. */
  readonly idempotencyHeader?: string
  /** How to find out whether a write happened whose answer is lost. */
  readonly lookup?: LookupPlan
  /** The caller chooses method and path. */
  readonly passthrough: boolean
  readonly response: ResponsePlan
  /** Minutes for which an answer is kept for the account; undefined where none is. */
  readonly cacheMinutes: Evaluate | undefined
  /** Whether the account's earlier answer is asked about by its `ETag` or `Last-Modified`. */
  readonly conditional: boolean
  /** Finds the connector's answers that mean 429 without saying it. */
  readonly readRateLimit?: RateLimitReader
  /** The inputs that reach the body unchanged and unconditionally: null among them is sent as null. */
  readonly nullableInputs: ReadonlySet<string>
  /** The inputs whose content is sent as a file. */
  readonly fileInputs: ReadonlySet<string>
  /** Where each part that is sent stands in the definition, for explain; those of paging apart. */
  parts(context: RunContext, environment: RequestEnvironment): readonly RequestPart[]
  /**
   * Builds the request for one state of a run.
   *
   * @throws {InputError | AuthError | PolicyError | StepError} a value that cannot be sent where the definition puts it
   */
  prepare(context: RunContext, environment: RequestEnvironment, page?: PageParameters): PreparedRequest
}

/** What a run adds to each of its requests. */
export interface RequestEnvironment {
  /** Of the chosen method; a step's own `authorization` replaces it. */
  readonly authorization: AuthorizationPlan
  /** What must never be shown: secret credentials, and in a run the secrets that its steps make. */
  readonly secretValues: string[]
  /** Replaces scheme, host and port: `http://127.0.0.1:4100`. */
  readonly origin?: string
  /** Takes notes of differences from the original; explain alone asks for them. */
  readonly note?: NoteDifference
  /** Parameters that a sync adds to the requests of its step. */
  readonly additions?: readonly PageParameters[]
  /** Goes into the header that the definition names for it. */
  readonly idempotencyKey?: string
  /** Whether the passthrough may write. */
  readonly allowWrites: boolean
  /** Milliseconds since the epoch, for signatures. */
  readonly nowMs?: () => number
  /** For mutual TLS, of the chosen method. */
  readonly certificates?: CertificatePlan
}

/** What paging adds to one request. */
export interface PageParameters {
  readonly in: 'query' | 'body'
  readonly values: Readonly<Record<string, unknown>>
  /** The names are dotted paths in the body. */
  readonly nested?: boolean
  /** A link of the provider that is taken as it is, in place of the built URL; checked for its origin. */
  readonly link?: string
  /** Goes to `continueUrl` of the paging, with these values alone. */
  readonly continues?: boolean
}
