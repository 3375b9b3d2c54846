import type { Diagnostic } from '../../errors/index.ts'
import { createLevelOf } from '../config/create-level-of.ts'
import type { LintConfig } from '../config/lint-config.ts'
import { rules } from '../generated/rule-registry.ts'
import { lintConnector } from '../lint-connector.ts'
import { runCatalogRules } from '../run-rules.ts'
import { withLevel } from '../with-level.ts'

/** The findings of each connector, and those about all of them together. */
export function lintCatalog(paths: readonly string[], config: LintConfig | undefined): readonly Diagnostic[] {
  const levelOf = config && createLevelOf(config)
  const results = paths.map((path) => lintConnector(path, { levelOf }))
  const views = results.flatMap(({ view }) => (view === null ? [] : [view]))
  const together = runCatalogRules(views, new Map(rules.map((rule) => [rule, rule.severity])))
  return [
    ...results.flatMap(({ diagnostics }) => diagnostics),
    ...(levelOf === undefined ? together : together.flatMap((one) => withLevel(one, levelOf))),
  ]
}
