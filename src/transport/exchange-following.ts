import { mask, maskHeaders, maskUrl, type PreparedRequest, type Redact } from '../http/index.ts'
import type { Call } from './call.ts'
import type { Clock } from './clock.ts'
import type { TransportEvent } from './events.ts'
import { type ExchangeEnd, type Gate, GateRefusal, type Pass } from './gate.ts'
import {
  type BodySink,
  type Exchange,
  ExchangeFailure,
  type HttpClient,
  type ResponseHead,
} from './http-client.ts'
import { canLeaveFor, withoutCredentials } from './leave-origin.ts'
import type { Limits } from './limits.ts'
import { parseRetryAfter } from './parse-retry-after.ts'
import { redactHeaders } from './redact-headers.ts'
import type { Redactors } from './redactors.ts'
import { redirectedRequest, redirectLocation, resolveLocation } from './redirect.ts'
import type { SendOptions } from './send-options.ts'
import { redirectError, unknownOutcome } from './to-error.ts'

/** What sending a request needs. */
export interface Sending {
  readonly request: PreparedRequest
  readonly client: HttpClient
  readonly call: Call
  readonly limits: Limits
  readonly redactors: Redactors
  readonly clock: Clock
  readonly observe: ((event: TransportEvent) => void) | undefined
  /** See {@link SendOptions}. */
  readonly receive?: ((head: ResponseHead) => BodySink | undefined) | undefined
  readonly leavesOrigin?: boolean | undefined
  readonly gate?: Gate | undefined
  readonly countedStatus?: SendOptions['countedStatus']
  readonly readRateLimit?: SendOptions['readRateLimit']
}

/** The last answer of a chain of redirects. */
export interface Followed {
  readonly exchange: Exchange
  /** The request that it is the answer to. */
  readonly request: PreparedRequest
}

/**
 * One attempt. Redirects of a read are followed on the very same origin only, so that credentials never go elsewhere;
 * one that may leave its origin goes on without them.
 *
 * @throws {ExchangeFailure} no answer
 * @throws {GateRefusal} the gate does not let it begin
 * @throws {ProviderError} a redirect that is not followed
 * @throws {WriteOutcomeUnknownError} a redirected write
 */
export async function exchangeFollowing(sending: Sending, attempt: number): Promise<Followed> {
  const { limits, redactors, observe } = sending
  let { request } = sending
  for (let redirects = 0; ; redirects++) {
    const exchange = await (sending.gate
      ? exchangePassing(sending, request, attempt, sending.gate)
      : exchangeSeen(sending, request, attempt))
    const location = redirectLocation(exchange)
    if (location === undefined || request.original === true) return { exchange, request }

    const { status } = exchange
    const { shown } = redactors
    if (request.effect === 'write') {
      const how = `the provider answered ${status}, a redirect, which was not followed`
      throw unknownOutcome(request, shown, how, status)
    }
    const target = resolveLocation(location, request.url)
    if (target === null) throw redirectError(request, shown, status, 'a redirect to an invalid address')
    const isElsewhere = target.origin !== new URL(request.url).origin
    if (isElsewhere && !(sending.leavesOrigin === true && canLeaveFor(target, request))) {
      const place = target.host === '' ? `a ${target.protocol} address` : `${target.protocol}//${target.host}`
      throw redirectError(request, shown, status, `a redirect to ${place}, which is another origin`)
    }
    if (redirects >= limits.redirects) {
      throw redirectError(request, shown, status, `a redirect after ${limits.redirects} others`)
    }
    const redirected = redirectedRequest(request, status, target)
    const next = isElsewhere ? withoutCredentials(redirected, request.url) : redirected
    if (observe) {
      const { method, urlTemplate, secrets } = request
      const from = maskUrl(request.url, secrets, shown)
      const to = maskUrl(next.url, secrets, shown)
      observe({ type: 'redirect', method, urlTemplate, attempt, status, from, to })
    }
    request = next
  }
}

function exchangeSeen(sending: Sending, request: PreparedRequest, attempt: number): Promise<Exchange> {
  const { observe } = sending
  return observe ? exchangeObserved(sending, request, attempt, observe) : exchangeBy(sending, request)
}

/** Waits for the turn of the exchange, and tells the gate how it ended. */
async function exchangePassing(
  sending: Sending,
  request: PreparedRequest,
  attempt: number,
  gate: Gate,
): Promise<Exchange> {
  const pass = await passOf(sending, request, attempt, gate)
  let end: ExchangeEnd | undefined
  try {
    const exchange = await exchangeSeen(sending, request, attempt)
    end = endOf(sending, exchange)
    return exchange
  } catch (thrown) {
    if (thrown instanceof ExchangeFailure)
      end = { failure: thrown, timedOut: sending.call.endReason === 'timeout' }
    throw thrown
  } finally {
    pass.leave(end ?? unheard)
  }
}

const unheard: ExchangeEnd = {
  failure: new ExchangeFailure('cancelled', false, 'nothing is known of it'),
  timedOut: false,
}

async function passOf(
  { call, clock, limits, observe }: Sending,
  request: PreparedRequest,
  attempt: number,
  gate: Gate,
): Promise<Pass> {
  const startMs = clock.now()
  try {
    const { signal, remainingMs } = call
    const entered = gate.enter(request, {
      signal,
      remainingMs,
      longestPauseMs: limits.retryAfterMs,
      attempt,
    })
    if (!(entered instanceof Promise)) return entered
    const pass = await entered
    if (observe && pass.waitedFor !== undefined) {
      const { method, urlTemplate } = request
      const delayMs = clock.now() - startMs
      observe({ type: 'waited', method, urlTemplate, attempt, reason: pass.waitedFor, delayMs })
    }
    return pass
  } catch (thrown) {
    if (call.endReason !== undefined) throw new ExchangeFailure('held', false, 'it was not its turn yet')
    throw new GateRefusal(thrown)
  }
}

function endOf({ countedStatus, readRateLimit, clock }: Sending, exchange: Exchange): ExchangeEnd {
  const { headers } = exchange
  const status = countedStatus?.(exchange) ?? exchange.status
  const mapped = readRateLimit?.(exchange)
  const limited = status === 429 || mapped !== undefined
  const retryAfterMs = limited ? (parseRetryAfter(headers, clock.now()) ?? mapped?.retryAfterMs) : undefined
  return { status, limited, retryAfterMs }
}

async function exchangeObserved(
  sending: Sending,
  request: PreparedRequest,
  attempt: number,
  observe: (event: TransportEvent) => void,
): Promise<Exchange> {
  const { clock, redactors } = sending
  const { method, urlTemplate, secrets } = request
  const { shown } = redactors
  const url = maskUrl(request.url, secrets, shown)
  const headers = maskHeaders(request.headers, secrets, shown)
  observe({ type: 'request', method, urlTemplate, attempt, url, headers })
  const startMs = clock.now()
  const exchange = await exchangeBy(sending, request)
  observe({
    type: 'response',
    method,
    urlTemplate,
    attempt,
    status: exchange.status,
    headers: showAnswerHeaders(exchange.headers, shown),
    bodyBytes: exchange.delivered ?? exchange.body.length,
    durationMs: clock.now() - startMs,
  })
  return exchange
}

async function exchangeBy(
  { client, call, limits, receive, redactors }: Sending,
  request: PreparedRequest,
): Promise<Exchange> {
  const receiveMasked =
    receive &&
    ((head: ResponseHead) => receive({ ...head, headers: redactHeaders(head.headers, redactors.data) }))
  try {
    return await client.exchange(request, { signal: call.signal, limits, receive: receiveMasked })
  } catch (thrown) {
    if (thrown instanceof ExchangeFailure) throw thrown
    // A client that breaks its promise may have sent the request before it did.
    throw new ExchangeFailure('unsendable', true, 'the HTTP client failed')
  }
}

/** A cookie is a secret that the provider gives out. */
function showAnswerHeaders(headers: Exchange['headers'], redact: Redact): Exchange['headers'] {
  const shown = redactHeaders(headers, redact)
  return 'set-cookie' in shown ? { ...shown, 'set-cookie': mask } : shown
}
