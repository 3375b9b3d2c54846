import { createRedactor, isRecord, type Redact } from '../../http/index.ts'
import type { PureCall, RunContext } from '../../plan/index.ts'
import { emit, type RunState } from '../run-state.ts'
import type { StepOutcome } from './step-outcome.ts'

/** A step without network. What it made secret is masked from here on; what it emits is told at once. */
export async function runPure(
  call: PureCall,
  context: RunContext,
  run: RunState,
  step: string,
): Promise<StepOutcome> {
  await call.load?.()
  const { output, errors, event, secrets = [] } = call.run(context, Date.now)
  const { secretValues } = run.call.environment
  for (const secret of secrets) if (!secretValues.includes(secret)) secretValues.push(secret)
  if (event !== undefined) {
    const masked = maskDeep(event, createRedactor(secretValues)) as Record<string, unknown>
    run.events.push(masked)
    emit(run, { type: 'event', step, event: masked })
  }
  return { output, ...(errors === undefined ? {} : { errors }) }
}

function maskDeep(value: unknown, redact: Redact): unknown {
  if (typeof value === 'string') return redact(value)
  if (Array.isArray(value)) return value.map((item) => maskDeep(item, redact))
  if (!isRecord(value)) return value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, maskDeep(inner, redact)]))
}
