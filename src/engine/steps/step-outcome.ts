import type { MainspringError } from '../../errors/index.ts'
import type { StepOutput, StepSnapshot } from '../../plan/index.ts'

/** What a step function did: an output, and the error where it failed. */
export interface StepOutcome {
  readonly output: StepOutput | undefined
  readonly error?: MainspringError
  /** Of a step that leaves part of its work undone, whether it fails or not. */
  readonly errors?: NonNullable<StepSnapshot['errors']>
}
