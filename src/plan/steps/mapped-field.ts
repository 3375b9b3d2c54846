import { isRecord } from '../../http/index.ts'
import type { Compiler, DefinitionPath } from '../compiler.ts'
import { compileEnumMapper } from './enum-mapper.ts'

/** Why a field is missing from a mapped record. The step succeeds all the same. */
export interface FieldError {
  readonly code: 'field/undefined' | 'field/failed'
  readonly message: string
}

type State = Readonly<Record<string, unknown>>

/** Maps one record. What is missing is left out and named in `errors`. */
export type MapRecord = (record: State, state: State, errors: FieldError[]) => Record<string, unknown>

/** A field of a record, given the record laid over the state of the run. */
type MapField = (scope: State, state: State, errors: FieldError[]) => unknown

const customFields = 'unified_custom_fields'

/** Compiles a list of fields. A name of the record hides a root of the state, as in the original. */
export function compileFields(list: unknown, at: DefinitionPath, compiler: Compiler): MapRecord {
  const fields = (Array.isArray(list) ? list : []).flatMap((field: unknown, index) =>
    isRecord(field)
      ? [
          {
            key: String(field['targetFieldKey']),
            custom: field['custom'] === true,
            readsState: mayReadState(field),
            map: compileField(field, [...at, index], compiler),
          },
        ]
      : [],
  )
  const readsState = fields.some((field) => field.readsState)
  return (record, state, errors) => {
    // Laying each record over the state costs more than the mapping itself, and few mappings read the state.
    const scope = readsState ? { ...state, ...record } : record
    const mapped: Record<string, unknown> = {}
    let custom: Record<string, unknown> | undefined
    for (const field of fields) {
      const value = field.map(scope, state, errors)
      if (value === undefined) {
        errors.push({ code: 'field/undefined', message: `Field "${field.key}" has no value.` })
        continue
      }
      if (field.custom) {
        custom ??= {}
        custom[field.key] = value
      } else mapped[field.key] = value
    }
    if (custom !== undefined) mapped[customFields] = custom
    return mapped
  }
}

/** Whether any text of a field names a root of the state, or looks at the root as a whole. Errs on the side of yes. */
function mayReadState(field: unknown): boolean {
  return /\b(?:inputs|credentials|steps|intermediateSteps|context|connector|action|iterator|external)\b|\.\.|\$\[|\*|@root/.test(
    JSON.stringify(field),
  )
}

function compileField(
  field: Readonly<Record<string, unknown>>,
  at: DefinitionPath,
  compiler: Compiler,
): MapField {
  const value = compileFieldValue(field, at, compiler)
  if (field['type'] === 'enum') {
    const map = compileEnumMapper(field['enumMapper'], [...at, 'enumMapper'], compiler)
    return (scope, state, errors) => map(value(scope, state, errors), scope)
  }
  if (field['type'] !== 'object') return value
  // The original drops an object without properties; so does this, with an entry among the errors.
  if (!Array.isArray(field['properties'])) return () => undefined
  return compileObject(
    field,
    compileFields(field['properties'], [...at, 'properties'], compiler),
    value,
    at,
    compiler,
  )
}

function compileObject(
  field: Readonly<Record<string, unknown>>,
  map: MapRecord,
  value: MapField,
  at: DefinitionPath,
  compiler: Compiler,
): MapField {
  const values = field['values']
  if (field['array'] === true && Array.isArray(values)) {
    const items = values.map(
      (item, index) => compiler.value(item, [...at, 'values', index]).evaluate as (scope: unknown) => unknown,
    )
    return (scope, state, errors) =>
      items.map((item) => map({ ...scope, ...asRecord(item(scope)) }, state, errors))
  }
  if (field['array'] === true) {
    return (scope, state, errors) => {
      const list = value(scope, state, errors)
      return Array.isArray(list)
        ? list.map((item) => map(asRecord(item), state, errors))
        : [map(scope, state, errors)]
    }
  }
  const own =
    values === undefined
      ? undefined
      : (compiler.value(values, [...at, 'values']).evaluate as (scope: unknown) => unknown)
  return (scope, state, errors) =>
    map(own === undefined ? scope : { ...scope, ...asRecord(own(scope)) }, state, errors)
}

function compileFieldValue(
  field: Readonly<Record<string, unknown>>,
  at: DefinitionPath,
  compiler: Compiler,
): MapField {
  const text = field['expression']
  if (typeof text !== 'string') return () => text
  const expression = compiler.expression(text, [...at, 'expression'])
  const key = String(field['targetFieldKey'])
  return (scope, _, errors) => {
    try {
      return expression?.evaluate(scope)
    } catch {
      errors.push({ code: 'field/failed', message: `The expression of field "${key}" cannot be evaluated.` })
      return undefined
    }
  }
}

function asRecord(value: unknown): Record<string, unknown> {
  return isRecord(value) ? value : {}
}
