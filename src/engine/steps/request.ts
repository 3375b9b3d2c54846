import type { RequestCall, RunContext } from '../../plan/index.ts'
import { readPage } from '../paging/read-page.ts'
import type { RunState } from '../run-state.ts'
import { type Exchange, sendRequest } from './send-request.ts'
import type { StepOutcome } from './step-outcome.ts'

/** One call; under `x-mainspring.paging` one page of a listing. */
export async function runRequest(
  call: RequestCall,
  context: RunContext,
  run: RunState,
  step: string,
): Promise<StepOutcome> {
  if (call.paging !== undefined) return readPage(call, call.paging, context, run, step)
  return toOutcome(await sendRequest(call.request, context, run, step))
}

/** `{data, raw, statusCode, message}`, as the format has it. */
export function toOutcome({ data, body, status, message, error }: Exchange): StepOutcome {
  const output = { data, raw: body, statusCode: status, message }
  return error === undefined ? { output } : { output, error }
}
