import { isRecord } from '../../../http/index.ts'
import type { Compiler, DefinitionPath } from '../../compiler.ts'
import { compileEnumMapper } from './enum-mapper.ts'
import type { FieldErrors, FieldFault } from './field-errors.ts'
import type { MappingCompilation } from './mapping-compilation.ts'
import { compileScopedRead, type Data, type ScopedRead } from './scoped-read.ts'

/** Maps one record. What is missing is left out and counted in `errors`. */
export type MapRecord = (record: Data, state: Data, errors: FieldErrors) => Record<string, unknown>

/** A field of a record. */
type MapField = (record: Data, state: Data, errors: FieldErrors) => unknown

interface Field {
  readonly key: string
  readonly custom: boolean
  readonly map: MapField
  readonly missing: FieldFault
}

const customFields = 'unified_custom_fields'

/** Compiles a list of fields. */
export function compileFields(
  list: unknown,
  at: DefinitionPath,
  compiler: Compiler,
  mapping: MappingCompilation,
): MapRecord {
  const fields = (Array.isArray(list) ? list : []).flatMap((field: unknown, index) =>
    isRecord(field) ? [compileField(field, [...at, index], compiler, mapping)] : [],
  )
  const custom = fields.filter((field) => field.custom)
  const plain = buildRecord(fields.filter((field) => !field.custom))
  if (custom.length === 0) return plain
  const mapCustom = buildRecord(custom)
  return (record, state, errors) => {
    const mapped = plain(record, state, errors)
    const own = mapCustom(record, state, errors)
    if (Object.keys(own).length > 0) mapped[customFields] = own
    return mapped
  }
}

function buildRecord(fields: readonly Field[]): MapRecord {
  const keys = fields.map(({ key }) => key)
  const maps = fields.map(({ map }) => map)
  const empty = Object.fromEntries(keys.map((key) => [key, undefined]))
  return (record, state, errors) => {
    // A copy has its keys at once; adding them one by one costs more than reading the values.
    const mapped: Record<string, unknown> = { ...empty }
    let whole = true
    for (let index = 0; index < maps.length; index += 1) {
      const value = (maps[index] as MapField)(record, state, errors)
      if (value === undefined) {
        whole = false
        errors.count((fields[index] as Field).missing)
      } else mapped[keys[index] as string] = value
    }
    return whole ? mapped : withoutMissing(mapped)
  }
}

function withoutMissing(mapped: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(mapped).filter(([, value]) => value !== undefined))
}

function compileField(
  field: Readonly<Record<string, unknown>>,
  at: DefinitionPath,
  compiler: Compiler,
  mapping: MappingCompilation,
): Field {
  const key = String(field['targetFieldKey'])
  return {
    key,
    custom: field['custom'] === true,
    missing: mapping.faults.add('field/undefined', `Field "${key}" has no value.`),
    map: compileMap(field, at, compiler, mapping),
  }
}

function compileMap(
  field: Readonly<Record<string, unknown>>,
  at: DefinitionPath,
  compiler: Compiler,
  mapping: MappingCompilation,
): MapField {
  const value = compileValue(field, at, compiler, mapping)
  if (field['type'] === 'enum')
    return compileEnumMapper(field, value, [...at, 'enumMapper'], compiler, mapping)
  if (field['type'] !== 'object') return value
  // The original drops an object without properties; so does this, with an entry among the errors.
  if (!Array.isArray(field['properties'])) return () => undefined
  const map = compileFields(field['properties'], [...at, 'properties'], compiler, mapping)
  return compileObject(field, map, value, at, compiler)
}

function compileObject(
  field: Readonly<Record<string, unknown>>,
  map: MapRecord,
  value: MapField,
  at: DefinitionPath,
  compiler: Compiler,
): MapField {
  const values = field['values']
  const valuesAt = [...at, 'values']
  if (field['array'] !== true) {
    const own = values === undefined ? undefined : compileScopedValue(values, valuesAt, compiler)
    if (own === undefined) return map
    return (record, state, errors) => map(layOver(record, own(record, state)), state, errors)
  }
  if (Array.isArray(values)) {
    const items = values.map((item, index) => compileScopedValue(item, [...valuesAt, index], compiler))
    return (record, state, errors) =>
      items.map((item) => map(layOver(record, item(record, state)), state, errors))
  }
  const expects = field['expression'] !== undefined && !compiler.exact
  return (record, state, errors) => {
    const list = value(record, state, errors)
    // No list must not become a record that nobody gave.
    if (expects && list === null) return []
    if (expects && list === undefined) return undefined
    if (!Array.isArray(list)) return [map(record, state, errors)]
    // An element that is no object has no fields to read: it is `$.item`. The original reads nothing of it.
    const recordOf = (item: unknown) => (isRecord(item) ? item : compiler.exact ? {} : { item })
    return list.map((item) => map(recordOf(item), state, errors))
  }
}

/** A value whose texts at any depth are read from record and state. */
function compileScopedValue(value: unknown, at: DefinitionPath, compiler: Compiler): ScopedRead {
  const { evaluate, roots } = compiler.value(value, at)
  return compileScopedRead({ roots }, evaluate as (context: unknown) => unknown)
}

function compileValue(
  field: Readonly<Record<string, unknown>>,
  at: DefinitionPath,
  compiler: Compiler,
  { faults }: MappingCompilation,
): MapField {
  const text = field['expression']
  if (typeof text !== 'string') return () => text
  const expression = compiler.expression(text, [...at, 'expression'])
  if (expression === undefined) return () => undefined
  // What never throws needs no guard; `evaluateSafely` is then the very same function.
  if (expression.evaluate === expression.evaluateSafely)
    return compileScopedRead(expression, expression.evaluate)
  const read = compileScopedRead(expression, expression.evaluate)
  const key = String(field['targetFieldKey'])
  const failed = faults.add('field/failed', `The expression of field "${key}" cannot be evaluated.`)
  return (record, state, errors) => {
    try {
      return read(record, state)
    } catch {
      errors.count(failed)
      return undefined
    }
  }
}

function layOver(record: Data, values: unknown): Data {
  return isRecord(values) ? { ...record, ...values } : record
}
