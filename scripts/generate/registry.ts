import { changesReference } from './changes-reference.ts'
import { cliReference } from './cli-reference.ts'
import { compatibilityReference } from './contract/compatibility-reference.ts'
import { differencesReference } from './contract/differences-reference.ts'
import { definitionTypes } from './definition-types.ts'
import { errorReference } from './error-reference.ts'
import { formatReference } from './format-reference.ts'
import type { Generator } from './generator.ts'

/** Everything that is generated, in the order of writing. */
export const generators: readonly Generator[] = [
  definitionTypes,
  errorReference,
  formatReference,
  cliReference,
  changesReference,
  compatibilityReference,
  differencesReference,
]
