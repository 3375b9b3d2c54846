import type { RunContext, StepPlan, StepSnapshot } from '../../plan/index.ts'
import type { RunState } from '../run-state.ts'
import { runCall } from './run-call.ts'
import { snapshotOf } from './snapshot-of.ts'
import type { StepOutcome } from './step-outcome.ts'

/** The calls of a step, or of one of its items, in order: each sees what the one before it gave as the step's output. */
export async function runCalls(
  { id, calls }: StepPlan,
  context: RunContext,
  run: RunState,
  keep: (snapshot: StepSnapshot) => void,
): Promise<StepOutcome> {
  let outcome: StepOutcome = { output: undefined }
  let seen = context
  for (const [index, call] of calls.entries()) {
    outcome = await runCall(call, seen, run, id)
    if (outcome.error !== undefined || index === calls.length - 1) return outcome
    const snapshot = snapshotOf(outcome)
    keep(snapshot)
    // Items that run at a time must not see each other's.
    seen = { ...context, steps: { ...context.steps, [id]: snapshot } }
  }
  return outcome
}
