import type { Diagnostic, Location } from '../../errors/index.ts'
import { relativePath } from '../relative-path.ts'
import { type LintSummary, summarize } from '../summary.ts'

/** Findings for programs. Lines and columns count from 1; files are relative to where the command ran. */
export interface JsonReport {
  readonly diagnostics: readonly Record<string, unknown>[]
  readonly summary: LintSummary
}

export function jsonReport(
  diagnostics: readonly Diagnostic[],
  { cwd }: { readonly cwd: string },
): JsonReport {
  const place = ({ file, range }: Location) => ({
    file: relativePath(file, cwd),
    range: {
      start: { line: range.start.line, column: range.start.column },
      end: { line: range.end.line, column: range.end.column },
    },
  })
  return {
    diagnostics: diagnostics.map(
      ({ code, severity, message, hint, location, pointer, related = [], fix }) => ({
        code,
        severity,
        message,
        hint,
        location: place(location),
        ...(pointer === undefined ? {} : { pointer }),
        related: related.map((other) => ({ message: other.message, location: place(other.location) })),
        ...(fix === undefined
          ? {}
          : {
              fix: {
                description: fix.description,
                edits: fix.edits.map((edit) => ({ ...place(edit), text: edit.text })),
              },
            }),
      }),
    ),
    summary: summarize(diagnostics),
  }
}
