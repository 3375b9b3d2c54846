import { definitionOf, type FormatSchema, loadFormatSchema } from '../schema/format-schema.ts'
import type { SchemaError } from './compile-validator.ts'

/**
 * One error for one mistake: a value that fits no branch of an `anyOf` comes with an error for each branch. Kept are
 * those of the branch that has the value's type; where none has, one error names the types of all.
 */
export function mergeUnionErrors(errors: readonly SchemaError[]): readonly SchemaError[] {
  const unions = errors.filter(({ keyword }) => keyword === 'anyOf')
  const innermostFirst = unions.toSorted((one, other) => other.instancePath.length - one.instancePath.length)
  return innermostFirst.reduce(mergeUnion, errors)
}

function mergeUnion(errors: readonly SchemaError[], union: SchemaError): readonly SchemaError[] {
  const { instancePath } = union
  const isWithin = (error: SchemaError): boolean => error.instancePath.startsWith(`${instancePath}/`)
  const isHere = (error: SchemaError): boolean => error.instancePath === instancePath
  const others = errors.filter((error) => !isHere(error) && !isWithin(error))
  const branches = ((union.parentSchema as FormatSchema).anyOf ?? []).map(definitionOf)
  const fitting = branches.find((branch) => typesOf(branch).includes(typeOf(union.data)))
  const expressible = branches.some(isExpressionBranch)
  if (fitting === undefined || isExpressionBranch(fitting)) {
    const expected = branches.filter((branch) => !isExpressionBranch(branch)).flatMap(typesOf)
    return [...others, { ...union, keyword: 'type', params: { type: expected, expressible } }]
  }
  const inside = errors.filter(isWithin)
  if (typeof union.data === 'object') {
    const here = errors.filter((error) => isHere(error) && error !== union && error.keyword !== 'type')
    return [...others, ...here, ...inside]
  }
  const here = errors.find(
    (error) => isHere(error) && error.keyword !== 'type' && error.keyword !== 'pattern' && error !== union,
  )
  return here === undefined
    ? others
    : [...others, { ...here, parentSchema: { ...here.parentSchema, ...annotations(union) } }]
}

/** Hints stand beside the `anyOf`, not in its branches. */
function annotations({ parentSchema }: SchemaError): FormatSchema {
  const hints = (parentSchema as FormatSchema)['x-hints']
  return hints === undefined ? {} : { 'x-hints': hints }
}

function isExpressionBranch(branch: FormatSchema): boolean {
  return branch === loadFormatSchema().definitions?.['Expression']
}

function typesOf({ type }: FormatSchema): readonly string[] {
  const types = type === undefined ? [] : typeof type === 'string' ? [type] : type
  return types.includes('integer') ? [...types, 'number'] : types
}

function typeOf(value: unknown): string {
  if (value === null) return 'null'
  return Array.isArray(value) ? 'array' : typeof value
}
