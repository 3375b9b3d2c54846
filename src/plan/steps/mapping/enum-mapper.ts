import { isRecord } from '../../../http/index.ts'
import { type Compiler, type DefinitionPath, safely } from '../../compiler.ts'
import type { FieldErrors } from './field-errors.ts'
import type { MappingCompilation } from './mapping-compilation.ts'
import { findMatcher, matcherNames } from './matchers/find-matcher.ts'
import { compileScopedRead, type Data } from './scoped-read.ts'

/** An enum field: the common value, and the provider's own. */
interface EnumValue {
  readonly value: unknown
  readonly source_value: unknown
}

type MapEnum = (record: Data, state: Data, errors: FieldErrors) => EnumValue | EnumValue[] | undefined

const unmapped = 'unmapped_value'

/** By a list of expressions or by a built-in matcher; a field without a usable mapper has no value. */
export function compileEnumMapper(
  field: Readonly<Record<string, unknown>>,
  read: (record: Data, state: Data, errors: FieldErrors) => unknown,
  at: DefinitionPath,
  compiler: Compiler,
  mapping: MappingCompilation,
): MapEnum {
  const mapper = field['enumMapper']
  const matcher = isRecord(mapper) ? mapper['matcher'] : undefined
  if (typeof matcher === 'string')
    return compileBuiltIn(matcher, field['array'] === true, read, [...at, 'matcher'], compiler, mapping)
  if (!Array.isArray(matcher)) return () => undefined
  const entries = matcher.flatMap((entry: unknown, index) => {
    const text = isRecord(entry) ? entry['matchExpression'] : undefined
    if (!isRecord(entry) || typeof text !== 'string') return []
    const expression = compiler.expression(text, [...at, 'matcher', index, 'matchExpression'])
    if (expression === undefined) return []
    return [{ matches: compileScopedRead(expression, safely(expression)), value: entry['value'] }]
  })
  return (record, state, errors) => {
    const source = read(record, state, errors) ?? null
    for (let index = 0; index < entries.length; index += 1) {
      const entry = entries[index]
      if (entry?.matches(record, state) === true) return { value: entry.value, source_value: source }
    }
    return { value: unmapped, source_value: source }
  }
}

function compileBuiltIn(
  name: string,
  isList: boolean,
  read: (record: Data, state: Data, errors: FieldErrors) => unknown,
  at: DefinitionPath,
  compiler: Compiler,
  mapping: MappingCompilation,
): MapEnum {
  const matcher = findMatcher(name)
  if (matcher === undefined) {
    compiler.report('definition/wrong-value', `There is no built-in matcher "${name}".`, at, {
      severity: 'warning',
      hint: `The field is left out, as in the original. The matchers are ${matcherNames.join(', ')}.`,
    })
    return () => undefined
  }
  mapping.loads.add(matcher.load)
  const mapOne = (source: unknown): EnumValue => ({
    value: matcher.match(source) ?? unmapped,
    source_value: source ?? null,
  })
  return (record, state, errors) => {
    const source = read(record, state, errors)
    return isList && Array.isArray(source) ? source.map(mapOne) : mapOne(source)
  }
}
