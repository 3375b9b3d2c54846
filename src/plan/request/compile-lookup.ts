import { isRecord } from '../../http/index.ts'
import type { Compiler, DefinitionPath } from '../compiler.ts'
import type { RunContext } from '../run-context.ts'

/** A read that tells whether a write happened. */
export interface LookupPlan {
  /** Id of the action whose rows are looked through. */
  readonly action: string
  /** Dotted paths of the fields that are compared. */
  readonly fields: readonly string[]
  /** A listing without the record proves that the write did not happen. */
  readonly resend: boolean
  inputs(context: RunContext): Readonly<Record<string, unknown>>
  /** The value that each of the fields must have. */
  match(context: RunContext): Readonly<Record<string, unknown>>
  readonly at: DefinitionPath
}

export function compileLookup(
  declared: unknown,
  compiler: Compiler,
  at: DefinitionPath,
): LookupPlan | undefined {
  if (!isRecord(declared)) return undefined
  const record = (key: string) => {
    const { evaluate } = compiler.value(declared[key] ?? {}, [...at, key])
    return (context: RunContext): Readonly<Record<string, unknown>> => {
      const value = evaluate(context)
      return isRecord(value) ? value : {}
    }
  }
  const match = isRecord(declared['match']) ? declared['match'] : {}
  return {
    action: String(declared['action']),
    fields: Object.keys(match),
    resend: declared['resend'] === true,
    inputs: record('inputs'),
    match: record('match'),
    at,
  }
}
