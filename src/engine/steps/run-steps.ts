import { DefinitionError, InternalError, MainspringError, StepError } from '../../errors/index.ts'
import type { RunContext, StepCall, StepPlan, StepSnapshot } from '../../plan/index.ts'
import { emit, type RunState, remainingMs } from '../run-state.ts'
import { runCall } from './run-call.ts'
import type { StepOutcome } from './step-outcome.ts'

/** Runs the steps in order. @throws {MainspringError} the first failure that the definition does not ignore, with its step */
export async function runSteps(run: RunState): Promise<void> {
  const { context, action } = run.call
  for (const step of action.steps) {
    const met = meetsCondition(step, context)
    if (met === 'break') return
    if (!met) {
      context.steps[step.id] = { output: undefined, successful: true, skipped: true }
      emit(run, { type: 'step-skipped', step: step.id })
      continue
    }
    const startedAt = performance.now()
    emit(run, {
      type: 'step-started',
      step: step.id,
      functionName: step.calls.map((call) => call.functionName).join(', '),
    })
    const outcome = await attempt(step, run)
    const error = judge(step, outcome, context)
    emit(run, {
      type: 'step-finished',
      step: step.id,
      successful: error === undefined,
      durationMs: performance.now() - startedAt,
    })
    if (error === undefined) continue
    if (!step.ignoreError || endsTheRun(error)) throw error.at({ step: step.id })
    run.warnings.push(`Step "${step.id}" failed and is ignored: ${error.message}`)
  }
}

function meetsCondition(step: StepPlan, context: RunContext): boolean | 'break' {
  if (step.condition === undefined) return true
  try {
    return Boolean(step.condition(context))
  } catch {
    return step.onConditionError
  }
}

/** The failure of a step as its outcome, so that the definition can decide what it means. */
async function attempt(step: StepPlan, run: RunState): Promise<StepOutcome> {
  try {
    return await runStep(step, run)
  } catch (error) {
    if (error instanceof MainspringError) return { output: undefined, error: error.at({ step: step.id }) }
    return {
      output: undefined,
      error: new InternalError({
        message: `Step "${step.id}" met an unexpected ${error instanceof Error ? error.name : 'failure'}.`,
        step: step.id,
      }),
    }
  }
}

/** Keeps the snapshot of the step and says whether it failed. */
function judge(
  step: StepPlan,
  { output, error, errors }: StepOutcome,
  context: RunContext,
): MainspringError | undefined {
  const found = error === undefined ? errors : [{ code: error.code, message: error.message }]
  const snapshot = (successful: boolean): StepSnapshot => ({
    output,
    successful,
    skipped: false,
    ...(error === undefined ? {} : { message: error.message }),
    ...(found === undefined ? {} : { errors: found }),
  })
  context.steps[step.id] = snapshot(error === undefined)
  if (step.successCriteria === undefined || (error !== undefined && endsTheRun(error))) return error
  const successful = Boolean(step.successCriteria(context))
  context.steps[step.id] = snapshot(successful)
  if (successful) return undefined
  return (
    error ??
    new StepError('step/failed', { message: `Step "${step.id}" does not meet its success criteria.` })
  )
}

/** What no definition can ignore: the end of the time, the caller's will, and its own mistakes. */
function endsTheRun(error: MainspringError): boolean {
  return (
    error.code === 'call/aborted' ||
    error.code === 'network/timeout' ||
    error instanceof DefinitionError ||
    error.code.startsWith('input/') ||
    error.code.startsWith('policy/')
  )
}

function runStep(step: StepPlan, run: RunState): StepOutcome | Promise<StepOutcome> {
  const { context } = run.call
  const { iterator, calls, id } = step
  if (iterator !== undefined) return runForEach(step, iterator, run)
  const [only] = calls
  return calls.length === 1 && only ? runCall(only, context, run, id) : runAll(calls, context, run, id)
}

async function runForEach(
  step: StepPlan,
  iterator: NonNullable<StepPlan['iterator']>,
  run: RunState,
): Promise<StepOutcome> {
  const { context } = run.call
  const items = iterator(context)
  if (!Array.isArray(items))
    throw new StepError('step/failed', { message: `The iterator of step "${step.id}" gives no list.` })
  const iterations: StepSnapshot[] = []
  context.intermediateSteps[step.id] = iterations
  for (const [index, item] of items.entries()) {
    remainingMs(run)
    const outcome = await runAll(
      step.calls,
      { ...context, iterator: { item, index, current: item } },
      run,
      step.id,
    )
    iterations.push({ output: outcome.output, successful: outcome.error === undefined, skipped: false })
    if (outcome.error !== undefined)
      return { output: { data: iterations.map(({ output }) => output?.data) }, error: outcome.error }
  }
  return { output: { data: iterations.map(({ output }) => output?.data) } }
}

async function runAll(
  calls: readonly StepCall[],
  context: RunContext,
  run: RunState,
  step: string,
): Promise<StepOutcome> {
  let outcome: StepOutcome = { output: undefined }
  for (const call of calls) {
    outcome = await runCall(call, context, run, step)
    if (outcome.error !== undefined) return outcome
  }
  return outcome
}
