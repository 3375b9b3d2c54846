import { isRecord } from '../http/index.ts'
import type { JsonSchema } from './inputs/input-schema.ts'

/**
 * JSON Schema of a record that a list of fields gives. No field is required: what the provider does not send is left out,
 * and what it sends as null stays null.
 */
export function mappedSchema(fields: readonly unknown[]): JsonSchema {
  const known = fields.filter(isRecord)
  const custom = known.filter((field) => field['custom'] === true)
  const own = propertiesOf(known.filter((field) => field['custom'] !== true))
  if (custom.length === 0) return { type: 'object', properties: own }
  const customFields = { type: 'object', properties: propertiesOf(custom) }
  return { type: 'object', properties: { ...own, unified_custom_fields: customFields } }
}

function propertiesOf(fields: readonly Readonly<Record<string, unknown>>[]): JsonSchema {
  return Object.fromEntries(
    fields.flatMap((field) => {
      const schema = schemaOfField(field)
      return schema === undefined ? [] : [[String(field['targetFieldKey']), schema]]
    }),
  )
}

function schemaOfField(field: Readonly<Record<string, unknown>>): JsonSchema | undefined {
  const one = schemaOfValue(field)
  if (one === undefined || field['array'] !== true) return one
  return { type: ['array', 'null'], items: one }
}

function schemaOfValue({ type, properties }: Readonly<Record<string, unknown>>): JsonSchema | undefined {
  switch (type) {
    case 'string':
    case 'datetime_string':
      return { type: ['string', 'null'] }
    case 'number':
    case 'boolean':
      return { type: [type, 'null'] }
    case 'enum':
      return {
        type: ['object', 'null'],
        properties: { value: { type: ['string', 'null'] }, source_value: {} },
      }
    case 'object':
      // Without properties the field is dropped, as the format has it.
      return Array.isArray(properties) ? mappedSchema(properties) : undefined
    default:
      return {}
  }
}
