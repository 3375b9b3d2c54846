import { isRecord } from '../../http/index.ts'
import type { Compiler, DefinitionPath } from '../compiler.ts'
import { compileArguments, placedValue } from '../request/compile-arguments.ts'
import type { RunContext } from '../run-context.ts'

/** `args` that are handed over by name, to a tool or a function, rather than placed in a request. */
export function compileNamedArguments(
  args: unknown,
  compiler: Compiler,
  at: DefinitionPath,
): (context: RunContext) => Record<string, unknown> {
  const list = Array.isArray(args) ? args.filter(isRecord).map((arg) => ({ ...arg, in: 'body' })) : []
  const plans = compileArguments(list, compiler, at)
  return (context) =>
    Object.fromEntries(
      plans.flatMap((plan) => {
        const value = placedValue(plan, context)
        return value === undefined ? [] : [[plan.name, value]]
      }),
    )
}
