import type { StepFunction } from './step-compiler.ts'

/** A browser session, by the adapter that the operator has set. Only actions that run asynchronously may have one. */
export const browserUseStep: StepFunction = {
  name: 'browser_use',
  versions: ['1'],
  compile({ functionName, parameters, at, action, compiler }) {
    const values = compiler.value(parameters, at)
    return {
      kind: 'adapter',
      functionName,
      adapter: 'browserUse',
      asyncOnly: action['executionMode'] !== 'async',
      read: (context) => values.evaluate(context) as Readonly<Record<string, unknown>>,
      readData: (payload) => payload,
    }
  },
}
