import type { MainspringError } from '../../errors/index.ts'
import type { StepFailure, StepSnapshot } from '../../plan/index.ts'
import type { StepOutcome } from './step-outcome.ts'

/** What a step leaves behind for the expressions after it. */
export function snapshotOf({ output, error, errors }: StepOutcome): StepSnapshot {
  const found = errors ?? (error === undefined ? undefined : [failureOf(error)])
  return {
    output,
    successful: error === undefined,
    skipped: false,
    ...(error === undefined ? {} : { message: error.message }),
    ...(found === undefined ? {} : { errors: found }),
  }
}

/** A failure as expressions read it. */
export function failureOf({ code, message, status, providerMessage }: MainspringError): StepFailure {
  return {
    code,
    message,
    ...(status === undefined ? {} : { status }),
    ...(providerMessage === undefined ? {} : { providerMessage }),
  }
}
