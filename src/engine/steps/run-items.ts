import { MainspringError, StepError } from '../../errors/index.ts'
import type { IterationSnapshot, StepPlan } from '../../plan/index.ts'
import { type RunState, remainingMs } from '../run-state.ts'
import { attempt } from './attempt.ts'
import { endsTheRun } from './ends-the-run.ts'
import { runCalls } from './run-calls.ts'
import { failureOf, snapshotOf } from './snapshot-of.ts'
import type { StepOutcome } from './step-outcome.ts'

interface ItemFailure {
  readonly index: number
  readonly error: MainspringError
}

/** Runs a step once for each item of its iterator. @throws {StepError} where that gives no list */
export async function runForEach(
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
  const iterations = items.map(
    (item, index): IterationSnapshot => ({
      index,
      item,
      output: undefined,
      successful: false,
      skipped: true,
    }),
  )
  context.intermediateSteps[step.id] = iterations
  const keep = (index: number, snapshot: Omit<IterationSnapshot, 'index' | 'item'>): void => {
    iterations[index] = { index, item: items[index], ...snapshot }
  }
  const failures: ItemFailure[] = []
  let next = 0
  let stopped = false
  const work = async (): Promise<void> => {
    while (!stopped && next < items.length) {
      const index = next
      next += 1
      const untried = step.onItemError === 'report' ? whyNotTried(run) : undefined
      if (untried !== undefined) {
        keep(index, { ...snapshotOf({ output: undefined, error: untried }), skipped: true })
        failures.push({ index, error: untried })
        continue
      }
      const current = { item: items[index], index, current: items[index] }
      const outcome = await attempt(step, async () => {
        remainingMs(run)
        return runCalls(step, { ...context, iterator: current }, run, (snapshot) => keep(index, snapshot))
      })
      keep(index, snapshotOf(outcome))
      const { error } = outcome
      if (error === undefined) continue
      failures.push({ index, error })
      if (step.onItemError === 'report') {
        if (awaitsTheNext(error)) run.stopsParts ??= error
      } else if (step.onItemError === 'stop' || endsTheRun(error)) stopped = true
    }
  }
  await Promise.all(Array.from({ length: Math.min(step.concurrency, items.length) }, work))
  failures.sort((a, b) => a.index - b.index)
  return conclude(step, iterations, failures, stopped, run)
}

function conclude(
  step: StepPlan,
  iterations: readonly IterationSnapshot[],
  failures: readonly ItemFailure[],
  stopped: boolean,
  run: RunState,
): StepOutcome {
  const output = { data: iterations.map((iteration) => iteration.output?.data) }
  const [first] = failures
  if (first === undefined) return { output }
  const errors = failures.map(({ index, error }) => ({
    ...failureOf(error),
    message: `Item ${index}: ${error.message}`,
    index,
  }))
  const fatal = failures.find(({ error }) => endsTheRun(error))
  if (stopped || failures.length === iterations.length)
    return { output, error: (fatal ?? first).error, errors }
  run.warnings.push(
    `Step "${step.id}": ${failures.length} of ${iterations.length} items failed; the first: ${errors[0]?.message ?? ''}`,
  )
  return { output, errors }
}

/** What an earlier part met that this one would meet as well, or the end of the time. */
function whyNotTried(run: RunState): MainspringError | undefined {
  if (run.stopsParts !== undefined) return run.stopsParts
  try {
    remainingMs(run)
    return undefined
  } catch (error) {
    if (error instanceof MainspringError) return error
    throw error
  }
}

/** A failure that is not of the one call: the next one would meet it too. */
function awaitsTheNext({ code }: MainspringError): boolean {
  return (
    code === 'provider/rate-limited' ||
    code === 'provider/circuit-open' ||
    /^(auth|call|network|policy)\//.test(code)
  )
}
