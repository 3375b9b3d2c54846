import type { Diagnostic } from '../../errors/index.ts'
import { turnedOn } from '../comments/apply-disables.ts'
import { createLevelOf } from '../config/create-level-of.ts'
import type { LintConfig } from '../config/lint-config.ts'
import { rules } from '../generated/rule-registry.ts'
import { lintConnector } from '../lint-connector.ts'
import type { LintResult } from '../lint-source.ts'
import { runCatalogRules } from '../run-rules.ts'
import { withLevel } from '../with-level.ts'

/** The findings of each connector, and those about all of them together. */
export function lintCatalog(paths: readonly string[], config: LintConfig | undefined): readonly Diagnostic[] {
  const levelOf = config && createLevelOf(config)
  const results = paths.map((path) => lintConnector(path, { levelOf }))
  return [...results.flatMap(({ diagnostics }) => diagnostics), ...judgeTogether(results, config)]
}

/** Only what is wrong between the connectors: each is read, and not judged by itself. */
export function lintTogether(
  paths: readonly string[],
  config: LintConfig | undefined,
): readonly Diagnostic[] {
  return judgeTogether(
    paths.map((path) => lintConnector(path, { rules: [] })),
    config,
  )
}

function judgeTogether(
  results: readonly LintResult[],
  config: LintConfig | undefined,
): readonly Diagnostic[] {
  const levelOf = config && createLevelOf(config)
  const views = results.flatMap(({ view }) => (view === null ? [] : [view]))
  const found = runCatalogRules(views, new Map(rules.map((rule) => [rule, rule.severity])))
  const levelled = levelOf === undefined ? found : found.flatMap((one) => withLevel(one, levelOf))
  return results.reduce((left, { files, view }) => turnedOn(left, files, view), levelled)
}
