/**
 * The vectors write what JSON cannot hold as `{"$type": …}`: undefined, dates, NaN and its like, functions. These
 * turn such trees into values and back.
 */
export function fromTagged(tree: unknown): unknown {
  if (Array.isArray(tree)) return tree.map(fromTagged)
  if (typeof tree !== 'object' || tree === null) return tree
  const tagged = tree as Record<string, unknown>
  switch (tagged['$type']) {
    case 'undefined':
      return undefined
    case 'date':
      return new Date(String(tagged['iso']))
    case 'number':
      return Number(tagged['is'])
    default:
      return Object.fromEntries(Object.entries(tagged).map(([key, value]) => [key, fromTagged(value)]))
  }
}

export function toTagged(value: unknown): unknown {
  if (value === undefined) return { $type: 'undefined' }
  if (value instanceof Date) return { $type: 'date', iso: value.toISOString() }
  if (typeof value === 'number' && (!Number.isFinite(value) || Object.is(value, -0))) {
    return { $type: 'number', is: Object.is(value, -0) ? '-0' : String(value) }
  }
  if (Array.isArray(value)) return value.map(toTagged)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, toTagged(inner)]))
}
