import type { Diagnostic } from '../errors/index.ts'

/** Counts of a lint run. */
export interface LintSummary {
  readonly errors: number
  readonly warnings: number
  readonly infos: number
  /** Files that have findings. */
  readonly files: number
}

export function summarize(diagnostics: readonly Diagnostic[]): LintSummary {
  const count = (severity: Diagnostic['severity']) =>
    diagnostics.filter((diagnostic) => diagnostic.severity === severity).length
  return {
    errors: count('error'),
    warnings: count('warning'),
    infos: count('info'),
    files: new Set(diagnostics.map(({ location }) => location.file)).size,
  }
}
