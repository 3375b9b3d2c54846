import type { RequestCall, RunContext } from '../../plan/index.ts'
import { readPage } from '../paging/read-page.ts'
import type { RunState } from '../run-state.ts'
import { runFindableWrite } from './findable-write.ts'
import { sendPieces } from './send-pieces.ts'
import { sendRequest } from './send-request.ts'
import type { StepOutcome } from './step-outcome.ts'
import { toOutcome } from './to-outcome.ts'

/** One call; under `x-mainspring.paging` one page of a listing, under `chunks` one call for each piece of a file. */
export async function runRequest(
  call: RequestCall,
  context: RunContext,
  run: RunState,
  step: string,
): Promise<StepOutcome> {
  const { request, paging } = call
  if (paging !== undefined) return readPage(call, paging, context, run, step)
  if (request.lookup !== undefined) return runFindableWrite(request, request.lookup, context, run, step)
  if (call.chunks !== undefined) return sendPieces(call.chunks, request, context, run, step)
  return toOutcome(await sendRequest(request, context, run, step))
}
