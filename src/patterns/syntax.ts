import { createRequire } from 'node:module'
import type { AST } from '@eslint-community/regexpp'

export type { AST }

const load = createRequire(import.meta.url)

/** The syntax tree of a pattern that JavaScript takes. */
export function parsePattern(source: string, flags: string): AST.Pattern {
  // Loaded with the first pattern that may cost something: most have nothing that repeats twice.
  const { RegExpParser } = load('@eslint-community/regexpp') as typeof import('@eslint-community/regexpp')
  return new RegExpParser().parsePattern(source, 0, source.length, {
    unicode: flags.includes('u'),
    unicodeSets: flags.includes('v'),
  })
}
