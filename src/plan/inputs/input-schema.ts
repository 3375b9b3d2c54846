import { isRecord } from '../../http/index.ts'
import { builtInEnums } from './built-in-enums.ts'

/** A JSON Schema as data. */
export type JsonSchema = Readonly<Record<string, unknown>>

/** The JSON Schema of one declared input (without regard to `required`, which its parent holds). */
export function schemaOfInput(input: Readonly<Record<string, unknown>>, nullable: boolean): JsonSchema {
  const variants = Array.isArray(input['variants']) ? input['variants'].filter(isRecord) : []
  const own = schemaOfShape(input)
  const description = typeof input['description'] === 'string' ? { description: input['description'] } : {}
  if (variants.length > 0) {
    const alternatives = [own, ...variants.map((variant) => schemaOfShape({ ...variant }))]
    return { ...description, anyOf: nullable ? [...alternatives, { type: 'null' }] : alternatives }
  }
  return { ...(nullable ? allowNull(own) : own), ...description }
}

/** The schema of an object with these inputs as its properties. */
export function schemaOfInputs(
  inputs: readonly Readonly<Record<string, unknown>>[],
  isNullable: (name: string) => boolean,
): JsonSchema {
  const properties = Object.fromEntries(
    inputs.map((input) => [nameOf(input), schemaOfInput(input, isNullable(String(input['name'])))]),
  )
  const required = inputs.filter((input) => input['required'] === true).map(nameOf)
  // A name that is declared twice is a finding of the lint, and must not make a schema that is none.
  return { type: 'object', properties, ...(required.length > 0 ? { required: [...new Set(required)] } : {}) }
}

/** Half of a character is no name that a schema can have. */
function nameOf(input: Readonly<Record<string, unknown>>): string {
  return String(input['name']).toWellFormed()
}

function schemaOfShape(input: Readonly<Record<string, unknown>>): JsonSchema {
  const element = schemaOfElement(input)
  return input['array'] === true ? { type: 'array', items: element } : element
}

function schemaOfElement(input: Readonly<Record<string, unknown>>): JsonSchema {
  const rules = isRecord(input['rules']) ? input['rules'] : {}
  switch (input['type']) {
    case 'number':
      return { type: 'number', ...pick(rules, { min: 'minimum', max: 'maximum' }) }
    case 'boolean':
      return { type: 'boolean' }
    case 'datetime_string':
      return { type: 'string', format: 'datetime_string' }
    case 'object': {
      const properties = Array.isArray(input['properties']) ? input['properties'].filter(isRecord) : []
      // Null inside an object goes out with the object, so it is the provider's to judge.
      return properties.length > 0 ? schemaOfInputs(properties, () => true) : { type: 'object' }
    }
    case 'enum':
      return enumSchema(enumValues(input))
    case 'string':
    case undefined:
      return {
        type: 'string',
        ...pick(rules, {
          minLength: 'minLength',
          maxLength: 'maxLength',
          pattern: 'pattern',
          format: 'format',
        }),
      }
    default:
      // A type that the format does not have says nothing about the value.
      return {}
  }
}

/** Values are compared as they are written: 2 is not "2". A set that nobody knows leaves any text. */
function enumSchema(values: readonly unknown[]): JsonSchema {
  if (values.length === 0) return { type: 'string' }
  const types = [...new Set(values.map((value) => typeof value))]
  return { type: types.length === 1 ? types[0] : types, enum: values }
}

/** The values of an enum input, its own or of a built-in list. */
export function enumValues(input: Readonly<Record<string, unknown>>): readonly unknown[] {
  const oneOf = isRecord(input['oneOf']) ? input['oneOf'] : {}
  if (Array.isArray(oneOf['values'])) return oneOf['values']
  return (typeof oneOf['ref'] === 'string' ? builtInEnums[oneOf['ref']] : undefined) ?? []
}

function allowNull(schema: JsonSchema): JsonSchema {
  const values = schema['enum']
  return {
    ...schema,
    ...(schema['type'] === undefined ? {} : { type: [schema['type'], 'null'].flat() }),
    ...(Array.isArray(values) ? { enum: [...values, null] } : {}),
  }
}

function pick(
  source: Readonly<Record<string, unknown>>,
  names: Readonly<Record<string, string>>,
): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(names).flatMap(([from, to]) => (source[from] === undefined ? [] : [[to, source[from]]])),
  )
}
