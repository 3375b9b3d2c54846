import { isRecord } from '../../../http/index.ts'
import { type CastValue, castNumberAsOriginal, casts } from './cast-value.ts'

/** Casts the keys of one record that are there, and leaves the others as they are. */
export type CastRecord = (record: Readonly<Record<string, unknown>>) => Record<string, unknown>

const customFields = 'unified_custom_fields'

/**
 * Compiles the fields of a typecast. A custom field stands under `unified_custom_fields`.
 *
 * @param exact - see `compat: exact`
 */
export function compileCasts(fields: readonly unknown[], exact: boolean): CastRecord {
  const declared = fields.filter(isRecord)
  const plain = compileKeys(
    declared.filter((field) => field['custom'] !== true),
    exact,
  )
  const custom = declared.filter((field) => field['custom'] === true)
  if (custom.length === 0) return plain
  const castCustom = compileKeys(custom, exact)
  return (record) => {
    const cast = plain(record)
    const own = cast[customFields]
    if (isRecord(own)) cast[customFields] = castCustom(own)
    return cast
  }
}

function compileKeys(fields: readonly Readonly<Record<string, unknown>>[], exact: boolean): CastRecord {
  const entries = fields.flatMap((field) => {
    const cast = compileCast(field, exact)
    return cast === undefined ? [] : [{ key: String(field['targetFieldKey']), cast }]
  })
  return (record) => {
    const result = { ...record }
    for (const { key, cast } of entries) {
      if (!Object.hasOwn(result, key)) continue
      const value = result[key]
      if (value !== null && value !== undefined) result[key] = cast(value)
    }
    return result
  }
}

/** Undefined for a field whose values stay as they are, such as an enum. */
function compileCast(field: Readonly<Record<string, unknown>>, exact: boolean): CastValue | undefined {
  const isList = field['array'] === true
  if (field['type'] === 'object') {
    if (!Array.isArray(field['properties'])) return undefined
    const castRecord = compileCasts(field['properties'], exact)
    const castOne: CastValue = (value) => (isRecord(value) ? castRecord(value) : value)
    return (value) => (isList && Array.isArray(value) ? value.map(castOne) : castOne(value))
  }
  const type = String(field['type'])
  const cast = exact && type === 'number' ? castNumberAsOriginal : casts[type]
  if (cast === undefined) return undefined
  return (value) => {
    if (value === '') return null
    return isList && Array.isArray(value) ? value : cast(value)
  }
}
