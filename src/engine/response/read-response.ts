import { STATUS_CODES } from 'node:http'
import { type MainspringError, ResponseError, WriteOutcomeUnknownError } from '../../errors/index.ts'
import { type PreparedRequest, XmlError } from '../../http/index.ts'
import type { CustomErrorView, RateLimitReader, ResponsePlan, RunContext } from '../../plan/index.ts'
import { type HttpResponse, parseRetryAfter } from '../../transport/index.ts'
import { type DecodedBody, decodeBody, type UnreadableCode } from './decode-body.ts'
import { toProviderError } from './provider-error.ts'
import { findProviderMessage, tellWords } from './provider-message.ts'

/** An answer, read: its data, or why it is a failure. */
export interface ReadResponse {
  readonly status: number
  readonly body: unknown
  readonly data: unknown
  readonly message: string | undefined
  readonly requestId: string | undefined
  readonly error?: MainspringError
}

/** Reads an answer as the definition says. Throws nothing: a failure is data until the step decides. */
export function readResponse(
  plan: ResponsePlan,
  request: PreparedRequest,
  response: HttpResponse,
  context: RunContext,
  readRateLimit?: RateLimitReader,
): ReadResponse {
  const requestId = plan.requestIdHeaders.map((name) => response.headers[name]).find((id) => id !== undefined)
  const decoded = decode(plan, response, request.original === true)
  const body = decoded.ok ? decoded.body : undefined
  const failure = decoded.ok ? plan.findFailure?.(body) : undefined
  const failed = failure !== undefined || response.status >= 400
  const received =
    (failed && decoded.ok ? plan.statusOf?.(body) : undefined) ??
    (failure === undefined ? response.status : Math.max(failure.status, response.status))
  const readWords = () =>
    failure?.message ?? findProviderMessage(decoded.ok ? body : response.text, plan.errorMessageReaders)
  const custom = applyCustomErrors(plan, received, () => ({
    data: body,
    status: received,
    headers: response.headers,
    requestUrl: response.url,
    message: readWords(),
    credentials: context.credentials,
  }))
  const status = custom?.status ?? received
  // Most answers are a success, and nobody asks for their message then.
  const message =
    custom === undefined && status < 300 && decoded.ok ? undefined : (custom?.message ?? readWords())
  const base: Pick<ReadResponse, 'status' | 'body' | 'requestId'> & { message: string | undefined } = {
    status,
    body,
    message,
    requestId,
  }
  if (request.original === true ? status >= 400 && status < 600 : status >= 300) {
    const now = Date.now()
    const limitedAs = (as: number) =>
      readRateLimit?.({ status: as, headers: response.headers, body: () => body }, now)
    const limited = limitedAs(response.status) ?? limitedAs(received)
    const error = toProviderError({
      request,
      status: limited === undefined || custom !== undefined ? status : 429,
      received: response.status,
      carrier: failure?.carrier,
      partial: failure?.partial === true,
      // The phrase of a status says nothing that the status does not.
      providerMessage: custom?.own === false ? readWords() : message,
      requestId,
      retryAfterMs: parseRetryAfter(response.headers, now) ?? limited?.retryAfterMs,
    })
    return { ...base, data: body, error }
  }
  if (plan.ignored) return { ...base, data: undefined }
  if (!decoded.ok)
    return { ...base, data: undefined, error: unusable(request, decoded.code, decoded.why, base) }
  const read = plan.read(body)
  if (read.ok) return { ...base, data: read.data }
  base.message ??= readWords()
  return {
    ...base,
    data: undefined,
    error: unusable(
      request,
      'response/unexpected-shape',
      `the body has none of the declared shapes: ${plan.expected}`,
      base,
    ),
  }
}

function decode(
  plan: ResponsePlan,
  { text, status, headers }: HttpResponse,
  asOriginal: boolean,
): DecodedBody {
  if (plan.parse !== undefined && text.trim() !== '') {
    try {
      return { ok: true, body: plan.parse(text) }
    } catch (error) {
      const why = error instanceof XmlError ? `: ${error.message}` : ''
      return { ok: false, code: 'response/unreadable', why: `the body cannot be read${why}` }
    }
  }
  const mustBeJson = plan.json && status < 300 && !plan.ignored
  return decodeBody(text, headers['content-type'], { mustBeJson, asOriginal })
}

/** The provider announced success and cannot be understood: for a write, nobody can say what happened. */
function unusable(
  request: PreparedRequest,
  code: UnreadableCode | 'response/unexpected-shape',
  why: string,
  { status, message, requestId }: Pick<ReadResponse, 'status' | 'message' | 'requestId'>,
): MainspringError {
  const subject = `${request.method} ${request.urlTemplate}`
  const details = {
    status,
    providerMessage: tellWords(message, request),
    requestId: tellWords(requestId, request),
  }
  if (request.effect === 'write')
    return new WriteOutcomeUnknownError({
      ...details,
      message: `The provider answered ${status} to ${subject}, but ${why}: the write may or may not have happened.`,
    })
  return new ResponseError(code, {
    ...details,
    message: `The provider answered ${status} to ${subject}, but ${why}.`,
  })
}

/** The first entry for this status whose condition holds changes status and message. */
function applyCustomErrors(
  plan: ResponsePlan,
  status: number,
  viewOf: () => CustomErrorView,
): { status: number; message: string | undefined; own: boolean } | undefined {
  for (const entry of plan.customErrors) {
    if (entry.receivedStatus !== status) continue
    const view = viewOf()
    if (entry.condition !== undefined && entry.condition(view) !== true) continue
    const message = entry.message?.(view)
    const own = typeof message === 'string'
    return { status: entry.targetStatus, message: own ? message : STATUS_CODES[entry.targetStatus], own }
  }
  return undefined
}
