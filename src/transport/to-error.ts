import {
  FileError,
  MainspringError,
  NetworkError,
  PolicyError,
  ProviderError,
  ResponseError,
  WriteOutcomeUnknownError,
} from '../errors/index.ts'
import type { PreparedRequest, Redact } from '../http/index.ts'
import type { EndReason } from './call.ts'
import type { ExchangeFailure } from './http-client.ts'

/** What the words of an error need beside the failure itself. */
export interface FailureContext {
  readonly request: PreparedRequest
  readonly redact: Redact
  readonly timeoutMs: number
  /** Attempts made. */
  readonly attempts: number
  /** Why the call was ended from outside, where it was. */
  readonly endReason: EndReason | undefined
  /** An earlier attempt of this write may have been carried out. */
  readonly inDoubt: boolean
}

/** The error a caller sees when no answer can be given: a write that may have happened is never a plain failure. */
export function failureError(failure: ExchangeFailure, context: FailureContext): MainspringError {
  const { request, redact } = context
  const { status } = failure
  const what = clauseOf(failure, context)
  if (request.effect === 'write' && (failure.sent || context.inDoubt)) {
    const how = failure.sent
      ? `the request was sent, but ${what}`
      : `an earlier attempt was sent, and then ${what}`
    return unknownOutcome(request, redact, how, status)
  }
  const tries = context.attempts > 1 ? ` (${context.attempts} attempts)` : ''
  const unsent = failure.sent ? '' : ' Nothing was sent.'
  const message = redact(`${nameOf(request)}: ${what}${tries}.${request.effect === 'write' ? unsent : ''}`)
  switch (failure.reason) {
    case 'unreachable':
      return new NetworkError('network/unreachable', { message })
    case 'untrusted':
      return new NetworkError('network/unreachable', { message, retryable: false })
    case 'interrupted':
      return new NetworkError('network/interrupted', { message })
    case 'cut':
    case 'malformed':
    case 'undecodable':
      return new ResponseError('response/unreadable', { message, status })
    case 'source':
      return new FileError('file/unreadable', { message })
    case 'sink':
      return new FileError('file/unwritable', { message, status })
    case 'forbidden':
      return new PolicyError('policy/address-not-allowed', { message })
    case 'too-large':
      return new ResponseError('response/too-large', { message, status })
    case 'cancelled':
    case 'held':
      return new NetworkError(context.endReason === 'timeout' ? 'network/timeout' : 'call/aborted', {
        message,
      })
    case 'unsendable':
      return new MainspringError('internal/bug', { message })
  }
}

/** A write whose answer does not tell whether it happened. */
export function unknownOutcome(
  request: PreparedRequest,
  redact: Redact,
  how: string,
  status?: number,
): WriteOutcomeUnknownError {
  const message = `${nameOf(request)}: ${how}. Nobody can say whether the write happened.`
  return new WriteOutcomeUnknownError({ message: redact(message), status })
}

/** A redirect of a read that is not followed; `why` is a clause. */
export function redirectError(
  request: PreparedRequest,
  redact: Redact,
  status: number,
  why: string,
): ProviderError {
  const message = `${nameOf(request)}: the provider answered ${status}, ${why}.`
  return new ProviderError('provider/redirected', { message: redact(message), status })
}

function clauseOf(failure: ExchangeFailure, { request, timeoutMs, endReason }: FailureContext): string {
  switch (failure.reason) {
    case 'cancelled':
      if (endReason === 'timeout') return `no full answer came within ${seconds(timeoutMs)} s`
      return endReason === 'closed' ? 'the transport was closed' : 'the caller ended the call'
    case 'held':
      if (endReason === 'timeout') return `its turn did not come within ${seconds(timeoutMs)} s`
      return `${endReason === 'closed' ? 'the transport was closed' : 'the caller ended the call'} before its turn came`
    case 'unreachable':
    case 'untrusted':
      return `no connection to ${new URL(request.url).host}: ${failure.detail}`
    case 'undecodable':
      return `the body of the answer cannot be read: ${failure.detail}`
    default:
      return failure.detail
  }
}

function nameOf({ method, urlTemplate }: PreparedRequest): string {
  return `${method} ${urlTemplate}`
}

function seconds(milliseconds: number): number {
  return Math.round(milliseconds / 100) / 10
}
