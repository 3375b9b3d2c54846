import { isRecord } from '../../http/index.ts'
import { type Compiler, type DefinitionPath, safely } from '../compiler.ts'

/** An enum field: the common value, and the provider's own. */
export interface EnumValue {
  readonly value: unknown
  readonly source_value: unknown
}

/** The first matcher that is strictly true decides; undefined where the field has no usable mapper. */
export function compileEnumMapper(
  mapper: unknown,
  at: DefinitionPath,
  compiler: Compiler,
): (source: unknown, scope: unknown) => EnumValue | undefined {
  const matcher = isRecord(mapper) ? mapper['matcher'] : undefined
  if (typeof matcher === 'string')
    compiler.report(
      'step/unsupported',
      `The built-in matcher "${matcher}" is not built yet; the field is left out.`,
      [...at, 'matcher'],
      { severity: 'warning' },
    )
  if (!Array.isArray(matcher)) return () => undefined
  const entries = matcher.flatMap((entry: unknown, index) => {
    const text = isRecord(entry) ? entry['matchExpression'] : undefined
    if (!isRecord(entry) || typeof text !== 'string') return []
    return [
      {
        matches: safely(compiler.expression(text, [...at, 'matcher', index, 'matchExpression'])),
        value: entry['value'],
      },
    ]
  })
  return (source, scope) => {
    const found = entries.find((entry) => entry.matches(scope) === true)
    return { value: found === undefined ? 'unmapped_value' : found.value, source_value: source ?? null }
  }
}
