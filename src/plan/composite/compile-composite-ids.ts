import { isRecord } from '../../http/index.ts'
import { decodeCompositeId, encodeCompositeId, type IdPart, isCompositeId } from './composite-id.ts'

/** `compositeIdentifiers` of an action: ids made of several values, one text to callers. */
export interface CompositeIds {
  /** Puts an id into a row, or into each row of a list, that has all its components. */
  encode(data: unknown): unknown
  /**
   * Adds what an id among the inputs is made of, by the names of the components. An id of one component is replaced.
   *
   * @throws {InputError} a damaged id
   */
  decode(inputs: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>>
}

interface CompositeField {
  readonly target: string
  /** The field that keeps the provider's own id. */
  readonly remote?: string
  readonly components: readonly { readonly name: string; readonly key: string }[]
}

/** Undefined where there are none, or they are not enabled. */
export function compileCompositeIds(declared: unknown): CompositeIds | undefined {
  if (!isRecord(declared) || declared['enabled'] !== true || !Array.isArray(declared['fields']))
    return undefined
  const fields = declared['fields'].filter(isRecord).map(compileField)
  const encodeRow = (row: unknown): unknown => (isRecord(row) ? fields.reduce(encodeField, row) : row)
  return {
    encode: (data) => (Array.isArray(data) ? data.map(encodeRow) : encodeRow(data)),
    decode: (inputs) => fields.reduce(decodeField, inputs),
  }
}

function compileField(field: Readonly<Record<string, unknown>>): CompositeField {
  const components = (Array.isArray(field['components']) ? field['components'] : []).filter(isRecord)
  return {
    target: String(field['targetFieldKey']),
    ...(typeof field['remote'] === 'string' ? { remote: field['remote'] } : {}),
    components: components.map(({ name, alias }) => ({
      name: String(name),
      // A single one goes by `id`, whatever it is called.
      key: typeof alias === 'string' ? alias : components.length === 1 ? 'id' : String(name),
    })),
  }
}

function encodeField(
  row: Readonly<Record<string, unknown>>,
  { target, remote, components }: CompositeField,
): Readonly<Record<string, unknown>> {
  const parts: IdPart[] = []
  for (const { name, key } of components) {
    const value = row[name]
    if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') return row
    parts.push({ key, value: String(value) })
  }
  if (parts.length === 0) return row
  const own = remote === undefined || row[target] === undefined ? {} : { [remote]: row[target] }
  return { ...row, ...own, [target]: encodeCompositeId(parts) }
}

function decodeField(
  inputs: Readonly<Record<string, unknown>>,
  { target, components }: CompositeField,
): Readonly<Record<string, unknown>> {
  const id = inputs[target]
  if (!isCompositeId(id)) return inputs
  const values = new Map(decodeCompositeId(id, target).map(({ key, value }) => [key, value]))
  const decoded = components.flatMap(({ name, key }) => (values.has(key) ? [[name, values.get(key)]] : []))
  const single = components.length === 1 ? values.get(components[0]?.key ?? '') : undefined
  return {
    ...inputs,
    ...(single === undefined ? {} : { [target]: single }),
    ...Object.fromEntries(decoded),
  }
}
