import { isRecord } from '../http/index.ts'
import { comment } from './comment.ts'
import { propertyKey } from './names.ts'

type Schema = Readonly<Record<string, unknown>>

const scalarTypes: Readonly<Record<string, string>> = {
  string: 'string',
  number: 'number',
  integer: 'number',
  boolean: 'boolean',
  null: 'null',
}

/** The TypeScript type of what a JSON Schema of a plan admits; `unknown` where the schema says nothing. */
export function typeText(schema: Schema, indent = ''): string {
  if (Array.isArray(schema['anyOf'])) return unionOf(schema['anyOf'].filter(isRecord), indent)
  if (Array.isArray(schema['enum'])) return schema['enum'].map((value) => JSON.stringify(value)).join(' | ')
  const types = Array.isArray(schema['type']) ? schema['type'].map(String) : [String(schema['type'])]
  return [...new Set(types.map((type) => singleType(type, schema, indent)))].join(' | ')
}

/** The members of an object type, a line each, with their descriptions. */
export function memberLines(schema: Schema, indent: string): string {
  const properties = isRecord(schema['properties']) ? schema['properties'] : {}
  const required = Array.isArray(schema['required']) ? schema['required'] : []
  const names = new Set([...Object.keys(properties), ...required.map(String)])
  return [...names]
    .map((name) => {
      const property = properties[name]
      const inner = isRecord(property) ? property : {}
      const text = typeof inner['description'] === 'string' ? comment(inner['description'], indent) : ''
      const mark = required.includes(name) ? '' : '?'
      return `${text}${indent}readonly ${propertyKey(name)}${mark}: ${typeText(inner, indent)}\n`
    })
    .join('')
}

function unionOf(alternatives: readonly Schema[], indent: string): string {
  return [...new Set(alternatives.map((alternative) => typeText(alternative, indent)))].join(' | ')
}

function singleType(type: string, schema: Schema, indent: string): string {
  if (type === 'array') {
    const items = typeText(isRecord(schema['items']) ? schema['items'] : {}, indent)
    return `readonly ${/^[\w]+$|^\{/.test(items) ? items : `(${items})`}[]`
  }
  if (type !== 'object') return scalarTypes[type] ?? 'unknown'
  const members = memberLines(schema, `${indent}  `)
  if (members === '') return 'JsonObject'
  // Whatever else a provider sends beside the known keys is there too, but for objects that are closed.
  const rest = isRecord(schema['properties']) ? '' : `${indent}  readonly [key: string]: unknown\n`
  return `{\n${members}${rest}${indent}}`
}
