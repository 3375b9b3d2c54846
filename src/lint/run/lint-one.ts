import type { Diagnostic } from '../../errors/index.ts'
import { createLevelOf } from '../config/create-level-of.ts'
import type { LintConfig } from '../config/lint-config.ts'
import { lintConnector } from '../lint-connector.ts'

/** The findings of one connector under a configuration. */
export function lintOne(config: LintConfig | undefined): (path: string) => readonly Diagnostic[] {
  const levelOf = config && createLevelOf(config)
  return (path) => lintConnector(path, { levelOf }).diagnostics
}
