/** The keys of a list or an object; nothing for anything else. */
export function childKeys(value: unknown): readonly (string | number)[] {
  if (!Array.isArray(value)) return typeof value === 'object' && value !== null ? Object.keys(value) : []
  const keys = new Array<number>(value.length)
  for (let index = 0; index < keys.length; index += 1) keys[index] = index
  return keys
}
