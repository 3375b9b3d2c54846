import { InternalError, MainspringError } from '../errors/index.ts'
import { isRecord } from '../http/index.ts'
import { type CursorPayload, decodeCursor, type PreparedCall } from '../plan/index.ts'
import type { FreshCredentials } from './auth/fresh-credentials.ts'
import { holdsBigInt, withDigitsAsText } from './result-digits.ts'
import type { RunMeta, RunOptions, RunResult } from './run-options.ts'
import { emit, type RunState, remainingMs, startRun } from './run-state.ts'
import { runSteps } from './steps/run-steps.ts'

/** Where a call begins: at the cursor among its inputs, else at the first page. @throws {InputError} an invented cursor */
export function firstCursor(call: PreparedCall): CursorPayload {
  const { listing } = call.action
  const given = listing === undefined ? undefined : call.context.inputs[listing.cursorInput]
  return given === undefined || listing?.ownCursor === true ? {} : decodeCursor(given, call)
}

/** One run from a known place. `next` is where a further run would go on, before it is made opaque. */
export async function runOnce(
  call: PreparedCall,
  options: RunOptions,
  cursor: CursorPayload,
  session?: FreshCredentials,
): Promise<{ result: RunResult; next: CursorPayload | undefined }> {
  const run = startRun(call, options, cursor, session, runOnce)
  emit(run, { type: 'run-started' })
  try {
    remainingMs(run)
    await runSteps(run)
    const result = toResult(run)
    emit(run, { type: 'run-finished', durationMs: result.meta.durationMs, requests: run.requests })
    return { result, next: Object.keys(run.next).length === 0 ? undefined : run.next }
  } catch (error) {
    const coded =
      error instanceof MainspringError
        ? error
        : new InternalError({ message: 'The run met an unexpected failure.' })
    emit(run, {
      type: 'run-failed',
      durationMs: performance.now() - run.startedAt,
      code: coded.code,
      message: coded.message,
    })
    throw coded.at({ action: call.action.qualifiedId })
  }
}

function toResult(run: RunState): RunResult {
  const { action, context } = run.call
  // Nothing but an input is ever a bigint, and hardly one is.
  const given = action.result(context)
  const value = holdsBigInt(context.inputs) ? withDigitsAsText(given) : given
  const {
    data: found,
    next,
    ...rest
  } = isRecord(value) && Object.hasOwn(value, 'data') ? value : { data: value, next: undefined }
  const data = action.compositeIds === undefined ? found : action.compositeIds.encode(found)
  const meta: RunMeta = {
    action: action.qualifiedId,
    requests: run.requests,
    ...(run.status === undefined ? {} : { status: run.status }),
    ...(run.requestId === undefined ? {} : { requestId: run.requestId }),
    durationMs: performance.now() - run.startedAt,
    ...(Object.keys(rest).length === 0 ? {} : { result: rest }),
    ...(run.events.length === 0 ? {} : { events: run.events }),
    ...(run.warnings.length === 0 ? {} : { warnings: run.warnings }),
  }
  return next === undefined || next === null || next === ''
    ? { data, meta }
    : { data, next: String(next), meta }
}
