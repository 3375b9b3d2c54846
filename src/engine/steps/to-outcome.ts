import type { Exchange } from './send-request.ts'
import type { StepOutcome } from './step-outcome.ts'

/** `{data, raw, statusCode, message}`, as the format has it. */
export function toOutcome({ data, body, status, message, error }: Exchange): StepOutcome {
  const output = { data, raw: body, statusCode: status, message }
  return error === undefined ? { output } : { output, error }
}
