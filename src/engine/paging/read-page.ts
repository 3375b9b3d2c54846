import { ProviderError } from '../../errors/index.ts'
import type { ListingState, PagingPlan, RequestCall, RunContext } from '../../plan/index.ts'
import { pageParameters, restoreState } from '../../plan/index.ts'
import { emit, type RunState } from '../run-state.ts'
import { sendRequest } from '../steps/send-request.ts'
import type { StepOutcome } from '../steps/step-outcome.ts'
import { advanceListing } from './listing-guard.ts'

/** One page of a listing under `x-mainspring.paging`; leaves in the run where it would go on. */
export async function readPage(
  call: RequestCall,
  paging: PagingPlan,
  context: RunContext,
  run: RunState,
  step: string,
): Promise<StepOutcome> {
  const state = restoreListing(run.cursor[step])
  const page = pageParameters(paging, state, context)
  const exchange = await sendRequest(call.request, context, run, step, page.parameters)
  const { data, body, status, message, error, request, response } = exchange
  const output = { data, raw: body, statusCode: status, message }
  if (error !== undefined) return { output, error: error.at({ rowsDelivered: state?.rows ?? 0 }) }
  const rows = Array.isArray(data) ? data : []
  // The whole list in one call, where no paging is known: nothing to guard and nowhere to go on.
  if (paging.onlyWhenAsked && page.size === undefined) return { output }
  const { total, next } = advanceListing(
    paging,
    state,
    { rows, body, headers: response.headers, url: request.url },
    page.size,
  )
  emit(run, {
    type: 'page',
    step,
    page: (state?.pages ?? 0) + 1,
    rows: rows.length,
    ...(total === undefined ? {} : { total }),
  })
  if (next !== undefined) {
    checkLink(paging, next, request.url)
    run.next[step] = next
  }
  return { output }
}

/** Within one listing the state is handed on as it is; from a caller's `next` it comes as JSON. */
function restoreListing(value: unknown): ListingState | undefined {
  const known = value as ListingState | undefined
  return known?.seen instanceof Set ? known : restoreState(value)
}

/** A link goes out with the credentials, so it may only lead to where they already go. */
function checkLink(paging: PagingPlan, next: ListingState, requestUrl: string): void {
  if (paging.style !== 'link' || typeof next.position !== 'string') return
  const target = new URL(next.position)
  if (target.origin === new URL(requestUrl).origin) return
  throw new ProviderError('provider/redirected', {
    message: `The link to the next page leads to another origin, ${target.host}.`,
  }).at({ rowsDelivered: next.rows })
}
