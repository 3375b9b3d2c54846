import type { PreparedRequest } from '../../http/index.ts'
import type { PageParameters, RequestPlan, RunContext } from '../../plan/index.ts'
import type { HttpResponse } from '../../transport/index.ts'
import { type ReadResponse, readResponse } from '../response/read-response.ts'
import { emit, type RunState, remainingMs } from '../run-state.ts'

/** One request and its answer. */
export interface Exchange extends ReadResponse {
  readonly request: PreparedRequest
  readonly response: HttpResponse
}

/**
 * Prepares, sends and reads one request of a step.
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
  const request = plan.prepare(context, run.call.environment, page)
  const { signal, limits, observer } = run.options
  const response = await run.transport.send(request, {
    timeoutMs: remainingMs(run),
    signal,
    limits: limits && {
      ...(limits.maxBytes === undefined ? {} : { bodyBytes: limits.maxBytes }),
      ...(limits.maxAttempts === undefined ? {} : { attempts: limits.maxAttempts }),
      ...(limits.maxRetryAfterMs === undefined ? {} : { retryAfterMs: limits.maxRetryAfterMs }),
    },
    observe: observer && ((event) => emit(run, { type: 'http', step, event })),
  })
  run.requests += response.attempts
  run.status = response.status
  const read = readResponse(plan.response, request, response, context)
  if (read.requestId !== undefined) run.requestId = read.requestId
  return { ...read, request, response }
}
