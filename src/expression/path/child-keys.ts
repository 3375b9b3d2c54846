/** The keys of a list or an object; nothing for anything else. */
export function childKeys(value: unknown): readonly (string | number)[] {
  if (Array.isArray(value)) return Array.from({ length: value.length }, (_, index) => index)
  return typeof value === 'object' && value !== null ? Object.keys(value) : []
}
