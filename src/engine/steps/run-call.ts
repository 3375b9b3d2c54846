import { StepError } from '../../errors/index.ts'
import type { RunContext, StepCall } from '../../plan/index.ts'
import type { RunState } from '../run-state.ts'
import { runDownload } from './download-file.ts'
import { runPaginatedRequest } from './paginated-request.ts'
import { runRequest } from './request.ts'
import { runAdapter } from './run-adapter.ts'
import { runMcp } from './run-mcp.ts'
import { runPure } from './run-pure.ts'
import type { StepOutcome } from './step-outcome.ts'

/** Runs one call of a step by its kind. @throws {MainspringError} where no output can be given */
export function runCall(
  call: StepCall,
  context: RunContext,
  run: RunState,
  step: string,
): StepOutcome | Promise<StepOutcome> {
  switch (call.kind) {
    case 'request':
      return runRequest(call, context, run, step)
    case 'paginated_request':
      return runPaginatedRequest(call, context, run, step)
    case 'download':
      return runDownload(call, context, run, step)
    case 'pure':
      return runPure(call, context, run, step)
    case 'mcp_request':
      return runMcp(call, context, run, step)
    case 'adapter':
      return runAdapter(call, context, run, step)
    case 'unsupported':
      throw new StepError('step/unsupported', { message: call.reason })
  }
}
