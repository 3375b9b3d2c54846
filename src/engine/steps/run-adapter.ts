import { MainspringError, NetworkError, ProviderError, StepError } from '../../errors/index.ts'
import type { AdapterCall, RunContext, StepOutput } from '../../plan/index.ts'
import type { AdapterAnswer, AdapterCallInfo } from '../adapters/step-adapters.ts'
import { type RunState, remainingMs } from '../run-state.ts'
import type { StepOutcome } from './step-outcome.ts'

/** A step that code of the operator carries out. */
export async function runAdapter(
  call: AdapterCall,
  context: RunContext,
  run: RunState,
  step: string,
): Promise<StepOutcome> {
  if (call.asyncOnly)
    throw new StepError('step/failed', {
      message: `${call.functionName} runs only in an action whose executionMode is async.`,
      hint: 'Set `executionMode: async` on the action.',
    })
  const adapter = run.options.adapters?.[call.adapter]
  if (adapter === undefined)
    throw new StepError('step/no-adapter', {
      message: `${call.functionName} needs an adapter and none is set.`,
      hint: `Set \`adapters.${call.adapter}\` in the options of the run.`,
    })
  const timeoutMs = remainingMs(run)
  const ended = AbortSignal.timeout(Math.ceil(timeoutMs))
  const signal = run.options.signal === undefined ? ended : AbortSignal.any([run.options.signal, ended])
  const info: AdapterCallInfo = {
    action: run.call.action.qualifiedId,
    step,
    timeoutMs,
    signal,
    credentials: context.credentials,
  }
  // Each adapter takes the parameters of its own function, which is what `read` gives.
  const answer = await untilRaised(signal, run, () => adapter(call.read(context) as never, info)).catch(
    (error: unknown) => {
      if (error instanceof MainspringError) throw error
      // The words of a foreign error can hold anything, a credential too.
      const name = error instanceof Error ? error.name : 'failure'
      throw new StepError('step/failed', { message: `The adapter of ${call.functionName} met a ${name}.` })
    },
  )
  return toOutcome(call, answer)
}

function toOutcome(call: AdapterCall, answer: AdapterAnswer): StepOutcome {
  const { payload, statusCode = 200, executedVersion } = answer
  const output: StepOutput = {
    data: call.readData(payload),
    raw: payload,
    statusCode,
    ...(executedVersion === undefined ? {} : { executedVersion }),
  }
  if (statusCode < 400) return { output }
  const message = `${call.functionName} ended with status ${statusCode}.`
  return {
    output,
    error: new ProviderError('provider/failed', { message, status: statusCode, retryable: false }),
  }
}

/** An adapter that does not listen must not keep the run. */
async function untilRaised<Value>(
  signal: AbortSignal,
  run: RunState,
  start: () => Promise<Value>,
): Promise<Value> {
  const raised = Promise.withResolvers<never>()
  const raise = (): void => {
    const aborted = run.options.signal?.aborted === true
    raised.reject(
      aborted
        ? new NetworkError('call/aborted', { message: 'The caller ended the call.' })
        : new NetworkError('network/timeout', { message: 'The time of the call ran out.' }),
    )
  }
  signal.addEventListener('abort', raise, { once: true })
  try {
    if (signal.aborted) raise()
    return await Promise.race([raised.promise, Promise.resolve().then(start)])
  } finally {
    signal.removeEventListener('abort', raise)
  }
}
