import { compileDataKey } from '../request/compile-response.ts'
import { compileNamedArguments } from './named-arguments.ts'
import type { StepFunction } from './step-compiler.ts'

/** Runs a function elsewhere, by the adapter that the operator has set: this engine holds no cloud's client. */
export const codeExecutionLambdaStep: StepFunction = {
  name: 'code_execution_lambda',
  versions: ['1'],
  compile({ functionName, parameters, at, compiler }) {
    const { args, dataKey, ...rest } = parameters
    const values = compiler.value(rest, at)
    const readArgs = compileNamedArguments(args, compiler, [...at, 'args'])
    return {
      kind: 'adapter',
      functionName,
      adapter: 'codeExecutionLambda',
      asyncOnly: false,
      read: (context) => ({ ...(values.evaluate(context) as object), args: readArgs(context) }),
      readData:
        typeof dataKey === 'string'
          ? compileDataKey(dataKey, compiler, [...at, 'dataKey'])
          : (payload) => payload,
    }
  },
}
