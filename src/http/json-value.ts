/** Whether a value is an object of named values: neither null nor a list. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The texts in a value at every depth that JSON of credentials has; names are none. */
export function textsWithin(value: unknown, depth = 0): string[] {
  if (typeof value === 'string') return value === '' ? [] : [value]
  if (typeof value !== 'object' || value === null || depth > deepest) return []
  return Object.values(value).flatMap((inner) => textsWithin(inner, depth + 1))
}

/** A value of the caller may hold itself. */
const deepest = 8
