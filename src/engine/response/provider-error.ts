import {
  AuthError,
  type ErrorDetails,
  type MainspringError,
  ProviderError,
  WriteOutcomeUnknownError,
} from '../../errors/index.ts'
import type { PreparedRequest } from '../../http/index.ts'
import { tellWords } from './provider-message.ts'

/** What is known of an answer that is a failure. */
export interface Failure {
  readonly request: PreparedRequest
  /** As customErrors have it. */
  readonly status: number
  /** As it was answered. */
  readonly received: number
  /** What within the answer is the failure, where its status is not. */
  readonly carrier: string | undefined
  /** Part of what was asked for was done all the same. */
  readonly partial: boolean
  readonly providerMessage: string | undefined
  readonly requestId: string | undefined
  readonly retryAfterMs: number | undefined
}

/** Statuses of a gateway that lost the answer of the server behind it: a write may have happened there. */
const answerLost: readonly number[] = [502, 504]

/** The error that an answer of this status is. */
export function toProviderError(failure: Failure): MainspringError {
  const { request, status, received, carrier, retryAfterMs } = failure
  const providerMessage = tellWords(failure.providerMessage, request)
  const requestId = tellWords(failure.requestId, request)
  const words = providerMessage === undefined ? '' : ` and says: ${providerMessage}`
  const subject = `${request.method} ${request.urlTemplate}`
  const details = (more: Partial<ErrorDetails> = {}): ErrorDetails => ({
    message:
      carrier === undefined
        ? `The provider answered ${status} to ${subject}${words}`
        : `The provider answered ${received} to ${subject} with ${carrier}${words}`,
    status,
    providerMessage,
    requestId,
    ...more,
  })
  const isWrite = request.effect === 'write'
  if (failure.partial && isWrite && !request.repeatable)
    return new WriteOutcomeUnknownError(
      details({
        message: `The provider answered ${received} to ${subject} with ${carrier ?? 'errors'} beside data: part of the write may have happened${words}`,
      }),
    )
  if (status === 401) return new AuthError('auth/rejected', details())
  if (status === 403) return new AuthError('auth/forbidden', details())
  if (status === 404 || status === 410) return new ProviderError('provider/not-found', details())
  if (status === 429)
    return new ProviderError('provider/rate-limited', details({ retryAfterMs, ...waitHint(retryAfterMs) }))
  if (isWrite && status >= 300 && status < 400)
    return new WriteOutcomeUnknownError(
      details({
        message: `The provider answered ${status} to ${subject}, which says neither that the write happened nor that it did not${words}`,
      }),
    )
  if (status >= 300 && status < 400) return new ProviderError('provider/redirected', details())
  if (isWrite && answerLost.includes(status))
    return new WriteOutcomeUnknownError(
      details({
        message: `The write may or may not have happened: a gateway answered ${status} to ${subject} in place of the provider${words}`,
      }),
    )
  if (status >= 500 || status === 408)
    return new ProviderError('provider/failed', details({ retryable: !isWrite, retryAfterMs }))
  return new ProviderError('provider/refused', details())
}

function waitHint(retryAfterMs: number | undefined): { hint?: string } {
  return retryAfterMs === undefined
    ? {}
    : { hint: `The provider asks to wait ${Math.ceil(retryAfterMs / 1000)} s before the next call.` }
}
