const expectedWords: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  integer: 'a whole number',
  boolean: 'true or false',
  object: 'a map',
  array: 'a list',
}

/** What a value should be, in words: `a text, or a list`. */
export function expectedType(types: readonly string[], expressible: boolean): string {
  // An integer is said where one is allowed, not `number` beside it.
  const said = types.filter((type) => type !== 'number' || !types.includes('integer'))
  const words = [...new Set(said.map((type) => expectedWords[type] ?? type))]
  return [...words, ...(expressible ? ['an expression'] : [])].join(', or ')
}

/** What a value is, in words. */
export function foundType(value: unknown): string {
  if (value === null) return 'empty'
  if (Array.isArray(value)) return 'a list'
  if (typeof value === 'boolean') return String(value)
  if (typeof value === 'number') return `the number ${value}`
  return typeof value === 'string' ? 'a text' : 'a map'
}
