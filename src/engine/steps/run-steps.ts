import { type MainspringError, StepError } from '../../errors/index.ts'
import type { RunContext, StepPlan } from '../../plan/index.ts'
import { emit, type RunState } from '../run-state.ts'
import { attempt } from './attempt.ts'
import { endsTheRun } from './ends-the-run.ts'
import { runCall } from './run-call.ts'
import { runCalls } from './run-calls.ts'
import { runForEach } from './run-items.ts'
import { snapshotOf } from './snapshot-of.ts'
import type { StepOutcome } from './step-outcome.ts'

/**
 * Runs the steps in order; the ones that are `async` beside the others, awaited at the end.
 *
 * @throws {MainspringError} the first failure that the definition does not ignore, with its step
 */
export async function runSteps(run: RunState): Promise<void> {
  const beside: Promise<MainspringError | undefined>[] = []
  let failure: MainspringError | undefined
  for (const step of run.call.action.steps) {
    const met = meetsCondition(step, run.call.context)
    if (met === 'break') break
    if (!met) {
      run.call.context.steps[step.id] = { output: undefined, successful: true, skipped: true }
      emit(run, { type: 'step-skipped', step: step.id })
    } else if (step.isAsync) beside.push(finishStep(step, run))
    else failure = await finishStep(step, run)
    if (failure !== undefined) break
  }
  // Nothing is left running, whatever became of the others.
  if (beside.length > 0) for (const error of await Promise.all(beside)) failure ??= error
  if (failure !== undefined) throw failure
}

/** Runs one step and keeps its snapshot. Gives the failure that ends the action, and never throws. */
async function finishStep(step: StepPlan, run: RunState): Promise<MainspringError | undefined> {
  const startedAt = performance.now()
  emit(run, {
    type: 'step-started',
    step: step.id,
    functionName: step.calls.map((call) => call.functionName).join(', '),
  })
  const outcome = await attempt(step, () => runStep(step, run))
  const error = judge(step, outcome, run.call.context)
  emit(run, {
    type: 'step-finished',
    step: step.id,
    successful: error === undefined,
    durationMs: performance.now() - startedAt,
  })
  if (error === undefined) return undefined
  const isReported = step.iterator !== undefined && step.onItemError === 'report'
  if (!isReported && (!step.ignoreError || endsTheRun(error))) return error.at({ step: step.id })
  run.warnings.push(`Step "${step.id}" failed and is ignored: ${error.message}`)
  return undefined
}

function meetsCondition(step: StepPlan, context: RunContext): boolean | 'break' {
  if (step.condition === undefined) return true
  try {
    return Boolean(step.condition(context))
  } catch {
    return step.onConditionError
  }
}

/** Keeps the snapshot of the step and says whether it failed. */
function judge(step: StepPlan, outcome: StepOutcome, context: RunContext): MainspringError | undefined {
  const { error } = outcome
  const snapshot = snapshotOf(outcome)
  context.steps[step.id] = snapshot
  if (step.successCriteria === undefined || (error !== undefined && endsTheRun(error))) return error
  const successful = Boolean(step.successCriteria(context))
  context.steps[step.id] = { ...snapshot, successful }
  if (successful) return undefined
  return (
    error ??
    new StepError('step/failed', { message: `Step "${step.id}" does not meet its success criteria.` })
  )
}

function runStep(step: StepPlan, run: RunState): StepOutcome | Promise<StepOutcome> {
  const { context } = run.call
  const { iterator, calls, id } = step
  if (iterator !== undefined) return runForEach(step, iterator, run)
  const [only] = calls
  return calls.length === 1 && only ? runCall(only, context, run, id) : runCalls(step, context, run, () => {})
}
