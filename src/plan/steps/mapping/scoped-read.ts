import type { CompiledExpression } from '../../../expression/index.ts'
import { runContextRoots } from '../../run-context.ts'

/** Named values: a record, or the roots of the run. */
export type Data = Readonly<Record<string, unknown>>

/** Reads from a record laid over the roots of the run: a name of the record hides the root of that name. */
export type ScopedRead = (record: Data, state: Data) => unknown

/**
 * Laying a record over the state for each row would cost more than the mapping itself. What an expression can read is
 * known, so most are given the record as it is, or the state as it is, and the rest an overlay of the names they read.
 */
export function compileScopedRead(
  { roots }: Pick<CompiledExpression, 'roots'>,
  evaluate: (context: unknown) => unknown,
): ScopedRead {
  if (roots === undefined) return (record, state) => evaluate({ ...state, ...record })
  if (!roots.some((root) => runContextRoots.has(root))) return evaluate
  const [only] = roots
  if (roots.length === 1 && only !== undefined)
    return (record, state) => evaluate(Object.hasOwn(record, only) ? record : state)
  return (record, state) => evaluate(overlay(roots, record, state))
}

/** Without a prototype, so that any name is only a name. */
function overlay(names: readonly string[], record: Data, state: Data): Data {
  const scope: Record<string, unknown> = Object.create(null)
  for (const name of names) {
    if (Object.hasOwn(record, name)) scope[name] = record[name]
    else if (Object.hasOwn(state, name)) scope[name] = state[name]
  }
  return scope
}
