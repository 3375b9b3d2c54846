import { changesReference } from './changes-reference.ts'
import { cliReference } from './cli-reference.ts'
import { compatibilityReference } from './contract/compatibility-reference.ts'
import { differencesReference } from './contract/differences-reference.ts'
import { definitionTypes } from './definition-types.ts'
import { errorReference } from './error-reference.ts'
import { formatReference } from './format-reference.ts'
import type { Generator } from './generator.ts'
import { hubConfigReference } from './hub-config-reference.ts'
import { refusalsReference } from './refusals-reference.ts'
import { rulePages } from './rule-pages.ts'
import { ruleRegistry } from './rule-registry.ts'

/** Everything that is generated, in the order of writing. */
export const generators: readonly Generator[] = [
  definitionTypes,
  ruleRegistry,
  errorReference,
  formatReference,
  cliReference,
  changesReference,
  hubConfigReference,
  compatibilityReference,
  differencesReference,
  refusalsReference,
  ...rulePages,
]
