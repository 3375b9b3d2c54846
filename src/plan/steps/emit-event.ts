import { isRecord } from '../../http/index.ts'
import type { StepFunction } from './step-compiler.ts'

/** Hands an event to the caller: to its observer as it happens, and in `meta.events` of the result. */
export const emitEventStep: StepFunction = {
  name: 'emit_event',
  versions: ['1'],
  compile({ functionName, parameters, at, compiler }) {
    const values = compiler.value(parameters, at)
    return {
      kind: 'pure',
      functionName,
      run(context) {
        const evaluated = values.evaluate(context)
        const { event, ...output } = isRecord(evaluated) ? evaluated : {}
        return { output, ...(isRecord(event) ? { event } : {}) }
      },
    }
  },
}
