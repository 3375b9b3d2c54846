import { CliError, type Diagnostic } from '../../errors/index.ts'
import type { CommandContext } from '../command-context.ts'
import { findingsReport } from '../console/findings-report.ts'
import type { LintCommandOptions, ReportFormat } from '../program/lint-command.ts'

/** Checks connectors and shows what is found. */
export async function execute(
  context: CommandContext,
  [paths]: readonly [readonly string[]],
  options: LintCommandOptions,
): Promise<number> {
  const { console } = context
  const folders = await connectorPaths(context, paths)
  const { loadConnector } = await context.rooms.plan()
  const found: Diagnostic[] = []
  for (const folder of folders) found.push(...(await loadConnector(folder)).diagnostics)
  await printReport(context, found, options.format ?? (console.json ? 'json' : 'pretty'))
  return found.some(({ severity }) => severity === 'error') ? 1 : 0
}

async function printReport(
  context: CommandContext,
  diagnostics: readonly Diagnostic[],
  format: ReportFormat,
): Promise<void> {
  const { console, io, rooms } = context
  const { jsonReport, githubReport } = await rooms.lint()
  switch (format) {
    case 'json':
      return console.printJson(jsonReport(diagnostics, io))
    case 'github':
      return console.print(diagnostics.length === 0 ? '' : `${githubReport(diagnostics, io)}\n`)
    case 'pretty':
      return console.print(await findingsReport(context, diagnostics, 'stdout'))
  }
}

/** @throws {CliError} `cli/usage`: nothing is at a path, or no connector */
async function connectorPaths(
  { rooms, connectorsFolder, resolvePath }: CommandContext,
  paths: readonly string[],
): Promise<readonly string[]> {
  const { findConnectorFolders } = await rooms.catalog()
  const asked = paths.length === 0 ? [connectorsFolder] : paths.map(resolvePath)
  const found = await Promise.all(
    asked.map(async (path, index) => {
      const connectors = await findConnectorFolders(path)
      const shown = paths[index] ?? path
      if (connectors === null) throw new CliError('cli/usage', { message: `There is nothing at ${shown}.` })
      if (connectors.length === 0) {
        throw new CliError('cli/usage', { message: `${shown} holds no connector.` })
      }
      return connectors.map((connector) => connector.path)
    }),
  )
  return [...new Set(found.flat())]
}
