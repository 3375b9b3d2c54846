import type { SourceFile } from '../definition/index.ts'
import type { Diagnostic } from '../errors/index.ts'

const ranks = { error: 0, warning: 1, info: 2 } as const

/**
 * Errors first, so that what breaks a connector is not lost among remarks; then in the order a reader meets them:
 * connector file first, partials as they are referred to, each from top to bottom. Each finding once.
 */
export function sortDiagnostics(
  diagnostics: readonly Diagnostic[],
  files: readonly SourceFile[],
): readonly Diagnostic[] {
  const order = new Map(files.map(({ name }, index) => [name, index]))
  const rank = ({ location }: Diagnostic): number => order.get(location.file) ?? files.length
  const seen = new Set<string>()
  return diagnostics
    .toSorted(
      (one, other) =>
        ranks[one.severity] - ranks[other.severity] ||
        rank(one) - rank(other) ||
        one.location.range.start.offset - other.location.range.start.offset,
    )
    .filter(({ code, message, location }) => {
      const key = `${code} ${location.file} ${location.range.start.offset} ${message}`
      return !seen.has(key) && seen.add(key)
    })
}
