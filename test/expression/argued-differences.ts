/** Why an observed case comes out differently here, by group; docs/reference/expression-differences.md argues each. */
export const differenceGroups = {
  'single-pass-holes':
    'A value goes into its hole as it is: no `$$` patterns, and never filled a second time.',
  'quoted-keys': 'Object keys may be quoted.',
  'encode-base64': 'encodeBase64 exists.',
  'own-properties': 'Brackets never reach a prototype.',
  'filter-syntax': 'A filter that cannot be parsed is refused when it is compiled.',
} as const

export type DifferenceGroup = keyof typeof differenceGroups

/** The observed cases that come out differently, by id. */
export const arguedDifferences: Readonly<Record<string, DifferenceGroup>> = {
  'interpolation-cadade23': 'single-pass-holes',
  'interpolation-f517bede': 'single-pass-holes',
  'interpolation-f6b7256f': 'single-pass-holes',
  'interpolation-7002a745': 'single-pass-holes',
  'interpolation-92f03d90': 'single-pass-holes',
  'interpolation-42f728d1': 'single-pass-holes',
  'interpolation-ab181c68': 'single-pass-holes',
  'interpolation-c0eeca32': 'single-pass-holes',
  'real-hole-300de4e3': 'single-pass-holes',
  'jexl-literal-29f0ca0c': 'quoted-keys',
  'jexl-literal-92bedb37': 'quoted-keys',
  'jexl-space-fdc62b75': 'quoted-keys',
  'real-jexl-abceda2a': 'quoted-keys',
  'real-jexl-879347c4': 'quoted-keys',
  'fn-unknown-e6a2c0de': 'encode-base64',
  'real-hole-67c2a2b9': 'encode-base64',
  'real-hole-379aa00f': 'encode-base64',
  'jexl-ident-345d04b0': 'own-properties',
  'prototype-d6462c62': 'own-properties',
  'prototype-5e3efcf8': 'own-properties',
  'prototype-70553da6': 'own-properties',
  'prototype-c87e3440': 'own-properties',
  'prototype-2377aa03': 'own-properties',
  'prototype-891884cd': 'own-properties',
  'path-multi-b4e0bd96': 'filter-syntax',
  'malformed-7901c8e8': 'filter-syntax',
}
