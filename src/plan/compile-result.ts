import type { Compiler, DefinitionPath } from './compiler.ts'
import type { Evaluate } from './run-context.ts'

/** A path into the data of a step, and not to its whole output. */
const dataPath = /^\$\.steps\.[^.[\]]+\.output[.[]/

/**
 * The definition's `result`. A text gives the whole result: where it reaches into the output of a step, what it finds
 * is the data, also where that happens to be a record with a field `data`.
 */
export function compileResult(result: unknown, at: DefinitionPath, compiler: Compiler): Evaluate {
  const { evaluate } = compiler.value(result, at)
  if (typeof result !== 'string' || !dataPath.test(result.trim())) return evaluate
  return (context) => ({ data: evaluate(context) })
}
