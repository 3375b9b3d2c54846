import type { MainspringError } from '../../errors/index.ts'
import type { StepOutput } from '../../plan/index.ts'

/** What a step function did: an output, and the error where it failed. */
export interface StepOutcome {
  readonly output: StepOutput | undefined
  readonly error?: MainspringError
  /** Of a step that succeeds with part of its work undone. */
  readonly errors?: readonly { readonly code: string; readonly message: string }[]
}
