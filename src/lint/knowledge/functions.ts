/** How many arguments each function takes, least and most. A test compares the names with those of the language. */
export const argumentCounts: Readonly<Record<string, readonly [least: number, most: number]>> = {
  present: [1, 1],
  missing: [1, 1],
  keys: [1, 1],
  values: [1, 1],
  includes: [2, 2],
  includesSome: [2, 2],
  now: [0, 0],
  nextAnniversary: [1, 2],
  yearsElapsed: [1, 3],
  hasPassed: [1, 3],
  encodeBase64: [1, 1],
  epochToIso: [1, 1],
}

/** Functions whose result is true or false. */
export const booleanFunctions: ReadonlySet<string> = new Set([
  'present',
  'missing',
  'includes',
  'includesSome',
  'hasPassed',
])
