import type { Diagnostic } from '../../errors/index.ts'
import { relativePath } from '../relative-path.ts'
import { summarize } from '../summary.ts'

/** Findings as a table, for the comment of a pull request. */
export function markdownReport(
  diagnostics: readonly Diagnostic[],
  { cwd }: { readonly cwd: string },
): string {
  const { errors, warnings, infos } = summarize(diagnostics)
  if (diagnostics.length === 0) return 'Nothing to complain about.'
  const rows = diagnostics.map(({ code, severity, message, hint, location: { file, range } }) => {
    const place = `${relativePath(file, cwd)}:${range.start.line}:${range.start.column}`
    return `| ${severity} | ${escapeCell(place)} | ${escapeCell(message)}<br>${escapeCell(hint)} | ${code} |`
  })
  return [
    `**${errors} errors, ${warnings} warnings, ${infos} notes**`,
    '',
    '| Level | Place | What | Code |',
    '|---|---|---|---|',
    ...rows,
  ].join('\n')
}

/** Text of a definition becomes no markup, no link and no mention. */
function escapeCell(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('|', '\\|')
    .replaceAll('@', '&#64;')
    .replaceAll(/([\\*_[\]~])/g, (mark) => (mark === '\\' ? mark : `\\${mark}`))
    .replaceAll(/\s*\n\s*/g, ' ')
}
