import { isStreamed, maskUrl } from '../http/index.ts'
import { decodeText } from './decode-text.ts'
import { exchangeFollowing, type Followed, type Sending } from './exchange-following.ts'
import { GateRefusal } from './gate.ts'
import { ExchangeFailure, type FailureReason } from './http-client.ts'
import type { HttpResponse } from './http-response.ts'
import { parseRetryAfter } from './parse-retry-after.ts'
import { redactHeaders } from './redact-headers.ts'
import { isRepeatedStatus, nextDelay, nextOriginalDelay, originalRepeats } from './retry.ts'
import { failureError, unknownOutcome } from './to-error.ts'

/** One call with all it needs. */
export interface RepeatedSending extends Sending {
  /** Whether the text of a success is given unmasked. */
  readonly keepsSecrets: boolean | undefined
  readonly random: () => number
  readonly timeoutMs: number
}

type Outcome = Followed | ExchangeFailure

/**
 * What earlier attempts leave open about a write: nothing; the provider's own word that it failed; a gateway that lost the
 * answer of the server behind it; or no answer. A greater doubt stays.
 */
const doubts = ['none', 'failed', 'gateway', 'lost'] as const
type Doubt = (typeof doubts)[number]

/**
 * Sends a request until there is an answer worth giving, or no reason to try again.
 *
 * @throws {MainspringError} see `Transport.send`
 */
export async function sendRepeating(sending: RepeatedSending): Promise<HttpResponse> {
  let doubt: Doubt = 'none'
  let before: { readonly outcome: Outcome; readonly doubt: Doubt } | undefined
  for (let number = 1; ; number++) {
    const outcome = await outcomeOf(sending, number)
    if (outcome instanceof GateRefusal) {
      if (before === undefined) throw outcome.error
      // What the provider said last tells more than that it is not asked again.
      return conclude(sending, before.outcome, number - 1, before.doubt)
    }
    const delayMs = delayBeforeNext(sending, outcome, number)
    if (delayMs === undefined) return conclude(sending, outcome, number, doubt)
    before = { outcome, doubt }
    doubt = increasedDoubt(doubt, outcome)
    const { method, urlTemplate } = sending.request
    const why = outcome instanceof ExchangeFailure ? outcome.detail : `status ${outcome.exchange.status}`
    sending.observe?.({ type: 'retry', method, urlTemplate, attempt: number, why, delayMs })
    const ended = await sending.call.wait(delayMs)
    if (ended !== undefined) return conclude(sending, ended, number, doubt)
  }
}

async function outcomeOf(sending: RepeatedSending, number: number): Promise<Outcome | GateRefusal> {
  try {
    return await exchangeFollowing(sending, number)
  } catch (thrown) {
    if (thrown instanceof ExchangeFailure || thrown instanceof GateRefusal) return thrown
    throw thrown
  }
}

const repeatedReasons: ReadonlySet<FailureReason> = new Set(['unreachable', 'interrupted', 'cut'])

/** Milliseconds to wait before the next attempt; undefined where there is none. */
function delayBeforeNext(sending: RepeatedSending, outcome: Outcome, number: number): number | undefined {
  const { request, limits, call, clock, random } = sending
  if (request.original === true) return originalDelay(sending, outcome, number)
  if (number >= limits.attempts || call.endReason !== undefined) return undefined
  if (!request.repeatable && !wasNeverSent(outcome)) return undefined
  // Its bytes may be gone once they were read, and a large file is not to be sent twice unasked.
  if (isStreamed(request.body)) return undefined
  let retryAfterMs: number | undefined
  if (outcome instanceof ExchangeFailure) {
    if (!repeatedReasons.has(outcome.reason) || outcome.delivering) return undefined
  } else {
    const { exchange } = outcome
    const limited = sending.readRateLimit?.(exchange)
    const status = sending.countedStatus?.(exchange) ?? exchange.status
    if (limited === undefined && !isRepeatedStatus(status)) return undefined
    retryAfterMs = parseRetryAfter(exchange.headers, clock.now()) ?? limited?.retryAfterMs
    if (retryAfterMs !== undefined && retryAfterMs > limits.retryAfterMs) return undefined
  }
  const delayMs = nextDelay(number, random(), retryAfterMs)
  if (delayMs >= call.remainingMs) return undefined
  // Asked last: a yes is counted.
  return sending.gate?.mayRepeat(request) === false ? undefined : delayMs
}

/** Whether no connection was made, so that the provider cannot have received anything. */
function wasNeverSent(outcome: Outcome): boolean {
  return outcome instanceof ExchangeFailure && outcome.reason === 'unreachable' && !outcome.sent
}

/** The rule of the original runtime: 429 (or what is mapped to it) alone, five times, `Retry-After` or a doubling wait of seconds. */
function originalDelay(
  { request, call, clock, random, readRateLimit }: RepeatedSending,
  outcome: Outcome,
  number: number,
): number | undefined {
  if (outcome instanceof ExchangeFailure || isStreamed(request.body)) return undefined
  if (number > originalRepeats || call.endReason !== undefined) return undefined
  const { exchange } = outcome
  const limited = readRateLimit?.(exchange)
  if (limited === undefined && exchange.status !== 429) return undefined
  const retryAfterMs = parseRetryAfter(exchange.headers, clock.now()) ?? limited?.retryAfterMs
  const delayMs = nextOriginalDelay(number, random(), retryAfterMs)
  return delayMs < call.remainingMs ? delayMs : undefined
}

function increasedDoubt(doubt: Doubt, outcome: Outcome): Doubt {
  const own = doubtOf(outcome)
  return doubts.indexOf(own) > doubts.indexOf(doubt) ? own : doubt
}

function doubtOf(outcome: Outcome): Doubt {
  if (outcome instanceof ExchangeFailure) return outcome.sent ? 'lost' : 'none'
  const { status } = outcome.exchange
  if (status === 502 || status === 504) return 'gateway'
  // 408, 429 and 503 say that the request was not taken up.
  return status === 500 ? 'failed' : 'none'
}

/** Whether the last answer leaves open no more than it says itself: the engine reads 500 as a failure, 502 and 504 as unknown. */
function coversDoubt(status: number, doubt: Doubt): boolean {
  if (status < 300 || doubt === 'none') return true
  return doubt === 'failed' ? status >= 500 : doubt === 'gateway' && (status === 502 || status === 504)
}

function conclude(sending: RepeatedSending, outcome: Outcome, attempts: number, doubt: Doubt): HttpResponse {
  const { request, redactors, timeoutMs, call } = sending
  const inDoubt = request.effect === 'write' && doubt !== 'none'
  const fail = (failure: ExchangeFailure) =>
    failureError(failure, {
      request,
      redact: redactors.shown,
      timeoutMs,
      attempts,
      endReason: call.endReason,
      inDoubt,
    })
  if (outcome instanceof ExchangeFailure) throw fail(outcome)
  const { exchange } = outcome
  const { status } = exchange
  // A DELETE that was carried out by a lost attempt is answered 404 by the next one: no proof of anything.
  if (inDoubt && !coversDoubt(status, doubt)) {
    const how = `an earlier attempt was sent without a clear answer, and the last one was answered ${status}`
    throw unknownOutcome(request, redactors.shown, how, status)
  }
  let text: string
  try {
    text = decodeText(exchange)
  } catch (thrown) {
    throw fail(thrown as ExchangeFailure)
  }
  const redact = redactors.data
  return {
    status,
    headers: redactHeaders(exchange.headers, redact),
    text: sending.keepsSecrets === true && status < 300 ? text : redact(text),
    url: maskUrl(outcome.request.url, outcome.request.secrets, redact),
    attempts,
    ...(exchange.delivered === undefined ? {} : { delivered: exchange.delivered }),
  }
}
