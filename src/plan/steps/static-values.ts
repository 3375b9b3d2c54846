import type { StepFunction } from './step-compiler.ts'

/** Gives its `values`, evaluated. */
export const staticValuesStep: StepFunction = {
  name: 'static_values',
  versions: ['1'],
  compile({ functionName, parameters, at, compiler }) {
    const values = compiler.value(parameters['values'], [...at, 'values'])
    return { kind: 'pure', functionName, run: (context) => ({ output: { data: values.evaluate(context) } }) }
  },
}
