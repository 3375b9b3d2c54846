import type { Compiler, DefinitionPath } from '../compiler.ts'
import type { RunContext } from '../run-context.ts'
import { refuseValue } from './url-value.ts'

/** Throws where a value would begin another cookie than the definition means. */
export type CookieGuard = (context: RunContext) => void

/**
 * Guards the values that a template such as `session=${inputs.session}` puts between its own texts. A header that one
 * expression gives as a whole is what its author wants.
 */
export function guardCookie(
  arg: Readonly<Record<string, unknown>>,
  compiler: Compiler,
  at: DefinitionPath,
): CookieGuard | undefined {
  const { name, value } = arg
  if (arg['in'] !== 'headers' || compiler.exact || typeof value !== 'string') return undefined
  if (String(name).toLowerCase() !== 'cookie') return undefined
  const holes = (compiler.expression(value, at)?.template ?? []).filter((part) => part.kind !== 'text')
  return (context) => {
    for (const hole of holes)
      if (String(hole.evaluate(context)).includes(';'))
        refuseValue(hole.paths[0] ?? hole.source, 'stands in a cookie and must not hold a semicolon')
  }
}
