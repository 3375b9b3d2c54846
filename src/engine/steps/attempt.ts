import { InternalError, MainspringError } from '../../errors/index.ts'
import type { StepPlan } from '../../plan/index.ts'
import type { StepOutcome } from './step-outcome.ts'

/** The failure of a step as its outcome, so that the definition can decide what it means. */
export async function attempt(
  step: StepPlan,
  run: () => StepOutcome | Promise<StepOutcome>,
): Promise<StepOutcome> {
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
