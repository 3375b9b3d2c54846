import { isRecord } from '../http/index.ts'
import type { ActionPlan } from '../plan/index.ts'

/**
 * Inputs that an action takes: every required one, and with `all` the others too. Made from the input schema, the same
 * each time.
 */
export function sampleInputs(action: ActionPlan, all = false): Record<string, unknown> {
  const { properties, required } = action.inputSchema
  const names = isRecord(properties) ? Object.keys(properties) : []
  const needed = new Set(Array.isArray(required) ? required : [])
  // A cursor must be one that the action gave out.
  const wanted = names.filter((name) => needed.has(name) || (all && name !== action.listing?.cursorInput))
  return Object.fromEntries(
    wanted.map((name) => [name, sampleValue(isRecord(properties) ? properties[name] : undefined)]),
  )
}

/** A value that fits a JSON Schema of the kind that inputs have. */
export function sampleValue(schema: unknown): unknown {
  if (!isRecord(schema)) return 'sample'
  if (Array.isArray(schema['anyOf'])) return sampleValue(schema['anyOf'][0])
  if (Array.isArray(schema['enum'])) return schema['enum'][0]
  const type = [schema['type']].flat().find((one) => one !== 'null')
  switch (type) {
    case 'number':
    case 'integer':
      return Number(schema['minimum'] ?? Math.min(10, Number(schema['maximum'] ?? 10)))
    case 'boolean':
      return true
    case 'array':
      return [sampleValue(schema['items'])]
    case 'object': {
      const properties = isRecord(schema['properties']) ? schema['properties'] : {}
      return Object.fromEntries(Object.entries(properties).map(([name, inner]) => [name, sampleValue(inner)]))
    }
    default:
      return sampleText(schema)
  }
}

const texts: Readonly<Record<string, string>> = {
  datetime_string: '2025-03-04T09:12:44Z',
  datetime: '2025-03-04T09:12:44Z',
  date: '2025-03-04',
  email: 'ann@example.com',
  url: 'https://example.com/',
  uri: 'https://example.com/',
  uuid: '0b5a1c52-6f0e-4a36-9d5f-1f6b1f4f2a10',
}

function sampleText({ format, minLength, maxLength }: Readonly<Record<string, unknown>>): string {
  const text = texts[String(format)] ?? 'sample'
  return text.padEnd(Number(minLength ?? 0), 'x').slice(0, Number(maxLength ?? text.length + 1000))
}
