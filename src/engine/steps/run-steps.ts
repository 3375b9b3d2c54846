import { DefinitionError, InternalError, MainspringError, StepError } from '../../errors/index.ts'
import type { RunContext, StepPlan, StepSnapshot } from '../../plan/index.ts'
import { emit, type RunState, remainingMs } from '../run-state.ts'
import { runCall } from './run-call.ts'
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
  if (!step.ignoreError || endsTheRun(error)) return error.at({ step: step.id })
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

/** The failure of a step as its outcome, so that the definition can decide what it means. */
async function attempt(step: StepPlan, run: () => StepOutcome | Promise<StepOutcome>): Promise<StepOutcome> {
  try {
    return await run()
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
  return calls.length === 1 && only ? runCall(only, context, run, id) : runCalls(step, context, run, () => {})
}

async function runForEach(
  step: StepPlan,
  iterator: NonNullable<StepPlan['iterator']>,
  run: RunState,
): Promise<StepOutcome> {
  const items = iterator(run.call.context)
  if (!Array.isArray(items))
    throw new StepError('step/failed', { message: `The iterator of step "${step.id}" gives no list.` })
  return runItems(step, items, run)
}

/** Works through the items of an iterator: outputs keep the order of the items, whatever ends first. */
async function runItems(step: StepPlan, items: readonly unknown[], run: RunState): Promise<StepOutcome> {
  const { context } = run.call
  const iterations: StepSnapshot[] = items.map(() => ({
    output: undefined,
    successful: false,
    skipped: true,
  }))
  context.intermediateSteps[step.id] = iterations
  const failures: { readonly index: number; readonly error: MainspringError }[] = []
  let next = 0
  let stopped = false
  const work = async (): Promise<void> => {
    while (!stopped && next < items.length) {
      const index = next
      next += 1
      const current = { item: items[index], index, current: items[index] }
      const outcome = await attempt(step, async () => {
        remainingMs(run)
        return runCalls(step, { ...context, iterator: current }, run, (snapshot) => {
          iterations[index] = snapshot
        })
      })
      iterations[index] = snapshotOf(outcome)
      const { error } = outcome
      if (error === undefined) continue
      failures.push({ index, error })
      if (step.onItemError === 'stop' || endsTheRun(error)) stopped = true
    }
  }
  await Promise.all(Array.from({ length: Math.min(step.concurrency, items.length) }, work))
  failures.sort((a, b) => a.index - b.index)
  const output = { data: iterations.map((iteration) => iteration.output?.data) }
  const [first] = failures
  if (first === undefined) return { output }
  const errors = failures.map(({ index, error }) => ({
    code: error.code,
    message: `Item ${index}: ${error.message}`,
    index,
  }))
  const fatal = failures.find(({ error }) => endsTheRun(error))
  if (stopped || failures.length === items.length) return { output, error: (fatal ?? first).error, errors }
  run.warnings.push(
    `Step "${step.id}": ${failures.length} of ${items.length} items failed; the first: ${errors[0]?.message ?? ''}`,
  )
  return { output, errors }
}

/** The calls of a step, or of one of its items, in order: each sees what the one before it gave as the step's output. */
async function runCalls(
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

function snapshotOf({ output, error, errors }: StepOutcome): StepSnapshot {
  const found = errors ?? (error === undefined ? undefined : [{ code: error.code, message: error.message }])
  return {
    output,
    successful: error === undefined,
    skipped: false,
    ...(error === undefined ? {} : { message: error.message }),
    ...(found === undefined ? {} : { errors: found }),
  }
}
