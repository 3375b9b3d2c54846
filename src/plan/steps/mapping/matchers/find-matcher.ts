import { citizenshipMatcher } from './citizenship.ts'
import { countryMatchers } from './countries.ts'
import { fileFormatMatcher } from './file-format.ts'
import type { Matcher } from './matcher.ts'
import { subdivisionMatchers } from './subdivisions.ts'

const matchers: ReadonlyMap<string, Matcher> = new Map([
  ...countryMatchers,
  ['country_alpha2code_by_citizenship', citizenshipMatcher],
  ...subdivisionMatchers,
  ['document_file_format_from_extension', fileFormatMatcher],
])

/** The built-in matcher of a name; undefined where the format has none of that name. */
export function findMatcher(name: string): Matcher | undefined {
  return matchers.get(name)
}

export const matcherNames: readonly string[] = [...matchers.keys()]
