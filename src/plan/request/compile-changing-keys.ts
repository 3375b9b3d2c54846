import type { Compiler, DefinitionPath } from '../compiler.ts'
import type { RunContext } from '../run-context.ts'

/** The keys of an argument whose texts may be expressions beside its value and condition. */
const keys = ['name', 'in', 'spread', 'inline', 'arrayFormat'] as const

/**
 * Finds the keys of an argument that only a run can tell, since expressions stand at them.
 *
 * @returns undefined where everything is known before the run, as it nearly always is
 */
export function compileChangingKeys(
  record: Readonly<Record<string, unknown>>,
  compiler: Compiler,
  at: DefinitionPath,
): ((context: RunContext) => Readonly<Record<string, unknown>>) | undefined {
  const changing = keys.flatMap((key) => {
    const text = record[key]
    if (typeof text !== 'string') return []
    const compiled = compiler.value(text, [...at, key])
    return compiled.constant ? [] : [{ key, evaluate: compiled.evaluate }]
  })
  if (changing.length === 0) return undefined
  return (context) => {
    const values = changing.map(({ key, evaluate }) => [key, evaluate(context)])
    return { ...record, ...Object.fromEntries(values) }
  }
}
