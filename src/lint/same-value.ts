import { isDeepStrictEqual } from 'node:util'

/** Where two values first differ, as a path such as `people[0].name`; undefined where they are the same. */
export function firstDifference(one: unknown, other: unknown, path = ''): string | undefined {
  if (isDeepStrictEqual(one, other)) return undefined
  if (Array.isArray(one) && Array.isArray(other)) {
    if (one.length !== other.length) return path
    for (const [index, item] of one.entries()) {
      const found = firstDifference(item, other[index], `${path}[${index}]`)
      if (found !== undefined) return found
    }
    return path
  }
  if (!isPlain(one) || !isPlain(other)) return path
  for (const key of new Set([...Object.keys(one), ...Object.keys(other)])) {
    const found = firstDifference(one[key], other[key], path === '' ? key : `${path}.${key}`)
    if (found !== undefined) return found
  }
  return undefined
}

function isPlain(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
