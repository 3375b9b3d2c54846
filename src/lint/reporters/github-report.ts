import type { Diagnostic } from '../../errors/index.ts'
import { relativePath } from '../relative-path.ts'

const commands = { error: 'error', warning: 'warning', info: 'notice' } as const

/** Findings as workflow commands: one line each, which GitHub shows at the line of the file. */
export function githubReport(diagnostics: readonly Diagnostic[], { cwd }: { readonly cwd: string }): string {
  return diagnostics
    .map(({ code, severity, message, hint, location: { file, range } }) => {
      const properties = {
        file: relativePath(file, cwd),
        line: range.start.line,
        col: range.start.column,
        endLine: range.end.line,
        endColumn: range.end.column,
        title: code,
      }
      const list = Object.entries(properties).map(
        ([name, value]) => `${name}=${escapeProperty(String(value))}`,
      )
      return `::${commands[severity]} ${list.join(',')}::${escapeMessage(`${message} ${hint}`)}`
    })
    .join('\n')
}

function escapeMessage(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
}

function escapeProperty(text: string): string {
  return escapeMessage(text).replaceAll(':', '%3A').replaceAll(',', '%2C')
}
