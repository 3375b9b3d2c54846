/**
 * `value[key]` where the key is the value's own, else undefined: a prototype is not data. Texts own their `length`
 * and their characters. Null and undefined own nothing.
 */
export function readOwn(value: unknown, key: PropertyKey): unknown {
  if (value === null || value === undefined || !Object.hasOwn(value as object, key)) return undefined
  return (value as Record<PropertyKey, unknown>)[key]
}

/** Data that names are read from. */
export type Data = Readonly<Record<string, unknown>>

const noData: Data = Object.freeze({})

/** The context of an evaluation; a list, a scalar and null count as an empty one. */
export function asContext(context: unknown): Data {
  return typeof context === 'object' && context !== null && !Array.isArray(context)
    ? (context as Data)
    : noData
}
