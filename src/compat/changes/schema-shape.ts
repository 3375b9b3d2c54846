import { definitionOf, type FormatSchema } from '../../definition/index.ts'
import { isRecord } from '../../http/index.ts'

/** What a schema says of a value: its definition's name, and how its parts are found. */
export interface Shape {
  /** The innermost named definition. */
  readonly name?: string
  readonly schema: FormatSchema
}

/** The shape of a value: references followed, and of alternatives the one that fits it. */
export function shapeOf(schema: FormatSchema, value: unknown, name?: string): Shape {
  if (schema.$ref !== undefined)
    return shapeOf(definitionOf(schema), value, schema.$ref.replace('#/definitions/', ''))
  const alternatives = schema.oneOf ?? schema.anyOf
  if (alternatives === undefined || schema.properties !== undefined) return { schema, ...(name && { name }) }
  const fitting = alternatives
    .map((alternative) => shapeOf(alternative, value))
    .find((shape) => fits(shape, value))
  // A list of alternatives has no parts to speak of for a value that fits none: it is compared whole.
  return fitting === undefined
    ? { schema: {}, ...(name && { name }) }
    : {
        schema: fitting.schema,
        ...(name && !fitting.name ? { name } : fitting.name && { name: fitting.name }),
      }
}

/** By constants first (`functionName`, `type`, `style`), then by the kind of value. */
function fits({ schema }: Shape, value: unknown): boolean {
  if (isRecord(value)) {
    if (schema.properties === undefined) return schema.type === 'object'
    return Object.entries(schema.properties).every(([key, property]) => {
      const { const: constant, enum: values } = definitionOf(property)
      if (constant !== undefined) return value[key] === constant
      return !Object.hasOwn(value, key) || values === undefined || values.includes(value[key])
    })
  }
  if (Array.isArray(value)) return schema.items !== undefined || schema.type === 'array'
  return schema.properties === undefined && schema.items === undefined
}

/** The key that tells the entries of a list apart, by the name of their definition. */
const identities: Readonly<Record<string, readonly string[]>> = {
  Action: ['actionId'],
  Input: ['name'],
  Step: ['stepId'],
  FieldConfig: ['targetFieldKey'],
  ConfigField: ['key'],
  Environment: ['key'],
  FieldOption: ['value'],
  Notice: ['key'],
  Arg: ['in', 'name'],
  NamedValue: ['name'],
  LambdaArg: ['name'],
  McpArg: ['name'],
  UploadField: ['name'],
  CompositeIdentifier: ['targetFieldKey'],
  IdentifierComponent: ['name'],
  Budget: ['key'],
  RateLimitPool: ['subPoolKey'],
  ConcurrencyPool: ['subPoolKey'],
  SoapNamespace: ['namespaceIdentifier'],
  DocumentationReference: ['url'],
  GuideSection: ['title'],
  GuideStep: ['title'],
}

/** Who an entry of a list is; undefined where its place is all that it has. */
export function identityOf(name: string | undefined, value: unknown): string | undefined {
  if (!isRecord(value)) return undefined
  // A method of authentication is a map with its key as its only one.
  if (name === 'AuthenticationEntry') return Object.keys(value)[0]
  const keys = name === undefined ? undefined : identities[name]
  if (keys === undefined || keys.every((key) => value[key] === undefined)) return undefined
  return keys.map((key) => String(value[key] ?? '')).join(' ')
}
