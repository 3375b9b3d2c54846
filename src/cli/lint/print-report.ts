import { readFileSync } from 'node:fs'
import type { Diagnostic } from '../../errors/index.ts'
import type { CommandContext } from '../command-context.ts'
import { findingsReport } from '../console/findings-report.ts'
import type { ReportFormat } from '../program/lint-command.ts'

export async function printReport(
  context: CommandContext,
  diagnostics: readonly Diagnostic[],
  format: ReportFormat,
): Promise<void> {
  const { console, io, rooms, version } = context
  const lint = await rooms.lint()
  switch (format) {
    case 'json':
      return console.printJson(lint.jsonReport(diagnostics, io))
    case 'sarif': {
      const { sarifReport } = await lint.loadSarifReport()
      return console.printJson(sarifReport(diagnostics, { cwd: io.cwd, version, read: readText }))
    }
    case 'github':
      return console.print(diagnostics.length === 0 ? '' : `${lint.githubReport(diagnostics, io)}\n`)
    case 'checkstyle':
      return console.print(`${lint.checkstyleReport(diagnostics, io)}\n`)
    case 'markdown':
      return console.print(`${lint.markdownReport(diagnostics, io)}\n`)
    case 'pretty':
      return console.print(await findingsReport(context, diagnostics, 'stdout'))
  }
}

function readText(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8').replace(/^\uFEFF/, '')
  } catch {
    return undefined
  }
}
