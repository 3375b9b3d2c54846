import type { MainspringError } from '../../errors/index.ts'
import { createRedactor, isStreamed, type PreparedRequest } from '../../http/index.ts'
import type { PageParameters, RequestPlan, RunContext } from '../../plan/index.ts'
import type { HttpResponse, SendOptions } from '../../transport/index.ts'
import { conditionalRequest, isRemembered } from '../cache/answer-memory.ts'
import { accountKeyOf, cacheKeyOf } from '../cache/response-cache.ts'
import { countedStatusOf } from '../response/counted-status.ts'
import { readRateLimitOf } from '../response/rate-limited.ts'
import { type ReadResponse, readResponse } from '../response/read-response.ts'
import { emit, gateOf, type RunState, remainingMs } from '../run-state.ts'
import { idempotencyKeyOf, tellLostWrites } from './lost-write.ts'

/** One request and its answer. */
export interface Exchange extends ReadResponse {
  readonly request: PreparedRequest
  readonly response: HttpResponse
}

/** A missing record is worth asking for again sooner than a found one. */
const notFoundMs = 60_000
/** Of the time that is left: the rest is for the look, should the answer be lost. */
const writeShare = 2 / 3

/**
 * Prepares, sends and reads one request of a step. Where the credentials come from a source, they are renewed before
 * they end, and once when the provider refuses them: a 401 says that nothing was done, so that a write may be sent again.
 *
 * @throws {MainspringError} no request could be made, or no answer came; an answer that is a failure is returned
 */
export async function sendRequest(
  plan: RequestPlan,
  context: RunContext,
  run: RunState,
  step: string,
  page?: PageParameters,
): Promise<Exchange> {
  return withRenewal(
    run,
    () => sendOnce(plan, context, run, step, page),
    // A file is never sent twice, though nothing was done with it: its bytes may be gone.
    ({ request }) => !isStreamed(request.body),
  )
}

/** Sends, with credentials that are renewed before they end, and once more with new ones where they are refused. */
export async function withRenewal<Sent extends { readonly error?: MainspringError }>(
  run: RunState,
  send: () => Promise<Sent>,
  mayRepeat: (sent: Sent) => boolean = () => true,
): Promise<Sent> {
  const { session, call } = run
  if (session === undefined) return send()
  const patience = () => ({ signal: run.options.signal, remainingMs: remainingMs(run) })
  const reason = await session.freshen(call, patience())
  if (reason !== undefined) emit(run, { type: 'credentials-renewed', reason })
  const sent = await send()
  if (sent.error?.code !== 'auth/rejected' || !mayRepeat(sent)) return sent
  if (!(await session.replaceRejected(call, patience()))) return sent
  emit(run, { type: 'credentials-renewed', reason: 'rejected' })
  return send()
}

async function sendOnce(
  plan: RequestPlan,
  context: RunContext,
  run: RunState,
  step: string,
  page?: PageParameters,
): Promise<Exchange> {
  const { additions } = run.call
  const environment =
    plan.idempotencyHeader === undefined
      ? run.call.environment
      : { ...run.call.environment, idempotencyKey: idempotencyKeyOf(run, plan, context, step) }
  const request = plan.prepare(
    context,
    additions?.step === step ? { ...environment, additions: additions.pages } : environment,
    page,
  )
  const exchange = await tellLostWrites(plan, request, run, async () =>
    plan.cacheMinutes === undefined || keepsSecrets(run)
      ? read(plan, request, await sendConditional(plan, request, run, step), context, keepsSecrets(run))
      : sendCached(plan, request, context, run, step),
  )
  run.status = exchange.response.status
  if (exchange.requestId !== undefined) run.requestId = exchange.requestId
  return exchange
}

/** Sends one request as it is, within what is left of the run. @throws {MainspringError} */
export async function sendPrepared(
  plan: Pick<RequestPlan, 'readRateLimit' | 'response' | 'lookup'>,
  request: PreparedRequest,
  run: RunState,
  step: string,
  more?: Pick<SendOptions, 'receive' | 'leavesOrigin'> & { readonly maxRedirects?: number },
): Promise<HttpResponse> {
  const { signal, limits, observer } = run.options
  const redirects = more?.maxRedirects
  const response = await run.transport.send(request, {
    timeoutMs: remainingMs(run) * (plan.lookup === undefined ? 1 : writeShare),
    signal,
    limits:
      limits === undefined && redirects === undefined
        ? undefined
        : {
            ...(limits?.maxBytes === undefined ? {} : { bodyBytes: limits.maxBytes }),
            ...(limits?.maxAttempts === undefined ? {} : { attempts: limits.maxAttempts }),
            ...(limits?.maxRetryAfterMs === undefined ? {} : { retryAfterMs: limits.maxRetryAfterMs }),
            ...(redirects === undefined ? {} : { redirects }),
          },
    keepsSecrets: keepsSecrets(run),
    observe: observer && ((event) => emit(run, { type: 'http', step, event })),
    countedStatus: countedStatusOf(plan.response),
    readRateLimit: readRateLimitOf(plan.readRateLimit),
    gate: gateOf(run),
    receive: more?.receive,
    leavesOrigin: more?.leavesOrigin,
  })
  run.requests += response.attempts
  return response
}

/** Asks whether the account's earlier answer still holds, where the definition says that it can be asked. */
async function sendConditional(
  plan: RequestPlan,
  request: PreparedRequest,
  run: RunState,
  step: string,
): Promise<HttpResponse> {
  if (!plan.conditional || keepsSecrets(run)) return sendPrepared(plan, request, run, step)
  run.accountKey ??= accountKeyOf(run.call)
  const key = cacheKeyOf(request, run.accountKey)
  const earlier = key === undefined ? undefined : run.answers.get(key)
  const question = earlier === undefined ? undefined : conditionalRequest(request, earlier)
  const response = await sendPrepared(plan, question ?? request, run, step)
  if (earlier !== undefined && question !== undefined && response.status === 304) {
    emit(run, { type: 'answer-unchanged', step })
    return { ...earlier, headers: { ...earlier.headers, ...response.headers }, attempts: response.attempts }
  }
  if (key !== undefined && isRemembered(response)) run.answers.set(key, response)
  return response
}

/** What a renewal is answered with are the new secrets, and the old ones where they stay. */
function keepsSecrets({ call }: RunState): boolean {
  return call.context.context.flowType === 'refresh_authentication'
}

function read(
  plan: RequestPlan,
  request: PreparedRequest,
  response: HttpResponse,
  context: RunContext,
  hasSecrets = false,
): Exchange {
  const readAs = (text: string) =>
    readResponse(plan.response, request, { ...response, text }, context, plan.readRateLimit)
  const found = readAs(response.text)
  // A failure is told to people, so that it is read again without them.
  const told =
    hasSecrets && found.error !== undefined
      ? readAs(createRedactor(request.secrets.values)(response.text))
      : found
  return { ...told, request, response }
}

/** Gives an earlier answer to the same request of the same account, while it may be kept. */
async function sendCached(
  plan: RequestPlan,
  request: PreparedRequest,
  context: RunContext,
  run: RunState,
  step: string,
): Promise<Exchange> {
  const ttlMs = Number(plan.cacheMinutes?.(context)) * 60_000
  run.accountKey ??= accountKeyOf(run.call)
  const key = ttlMs > 0 ? cacheKeyOf(request, run.accountKey) : undefined
  const kept = key === undefined ? undefined : run.cache.get(key)
  if (kept !== undefined) {
    emit(run, { type: 'answer-reused', step })
    return read(plan, request, kept, context)
  }
  const exchange = read(plan, request, await sendConditional(plan, request, run, step), context)
  if (key !== undefined) {
    if (exchange.error === undefined) run.cache.set(key, exchange.response, ttlMs)
    else if (exchange.response.status === 404) run.cache.set(key, exchange.response, notFoundMs)
  }
  return exchange
}
