import { encodeValue } from './query-string.ts'

/** `application/x-www-form-urlencoded`: lists as `a[]=1`, nested objects as `c[d]=1`; undefined is left out, null is empty. */
export function encodeForm(fields: Readonly<Record<string, unknown>>): string {
  const pairs: string[] = []
  for (const [name, value] of Object.entries(fields)) addPairs(pairs, encodeValue(name), value)
  return pairs.join('&')
}

function addPairs(pairs: string[], name: string, value: unknown): void {
  if (value === undefined) return
  if (Array.isArray(value)) for (const item of value) addPairs(pairs, `${name}[]`, item)
  else if (value instanceof Date) pairs.push(`${name}=${encodeValue(value.toISOString())}`)
  else if (typeof value === 'object' && value !== null)
    for (const [key, inner] of Object.entries(value)) addPairs(pairs, `${name}[${encodeValue(key)}]`, inner)
  else pairs.push(`${name}=${value === null ? '' : encodeValue(String(value))}`)
}
