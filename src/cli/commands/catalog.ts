import { dirname } from 'node:path'
import { CliError, type Diagnostic } from '../../errors/index.ts'
import type { SiteFile } from '../../site/index.ts'
import type { CommandContext } from '../command-context.ts'
import { exitCodes } from '../console/error-report.ts'
import { findingsReport } from '../console/findings-report.ts'
import { readLintConfig } from '../lint/read-lint-config.ts'
import { replaceFile } from '../output/replace-file.ts'
import { replaceFolder } from '../output/replace-folder.ts'
import type { CatalogCommandOptions } from '../program/catalog-command.ts'

const indexMark = '{"mainspringCatalog":'
const site = {
  thing: 'website of connectors',
  markedFile: 'index.html',
  mark: '<meta name="generator" content="mainspring catalog">',
  entries: ['assets', 'connectors', 'index.html'],
}

/** Builds the index of a folder, its website, or both. Where a connector has an error, what was there before stays. */
export async function execute(
  context: CommandContext,
  [, folder]: readonly [string, string | undefined],
  { out, html }: CatalogCommandOptions,
): Promise<number> {
  const { console, rooms, displayPath, resolvePath } = context
  if (out === undefined && html === undefined) throw usage('--out, --html or both say what to write.')
  const from = folder === undefined ? context.connectorsFolder : resolvePath(folder)
  const path = out === undefined ? undefined : resolvePath(out)
  const siteFolder = html === undefined ? undefined : resolvePath(html)
  const writer = siteFolder === undefined ? undefined : (await rooms.site()).createSite()
  const files: SiteFile[] = []
  const { buildCatalog } = await rooms.catalog()
  const built = await buildCatalog(from, path === undefined ? from : dirname(path), (connector) => {
    if (writer !== undefined) files.push(writer.add(connector))
  }).catch((thrown: unknown) => {
    if ((thrown as { code?: unknown }).code !== 'definition/not-found') throw thrown
    throw usage((thrown as Error).message, 'Name a folder of connectors.')
  })
  const { connectors, actions, broken } = built
  const findings = [
    ...broken.flatMap(({ diagnostics }) => diagnostics),
    ...(await findTogether(context, from)),
  ]
  if (findings.length > 0) await console.note((await findingsReport(context, findings, 'stderr')).trimEnd())
  const failed = findings.some(({ severity }) => severity === 'error')
  if (!failed) {
    if (path !== undefined)
      await replaceFile(path, displayPath(path), built.content, {
        mark: indexMark,
        thing: 'index of connectors',
      })
    if (writer !== undefined && siteFolder !== undefined) {
      files.push(...(await writer.finish()))
      await replaceFolder(siteFolder, displayPath(siteFolder), files, site)
    }
  }
  if (console.json) {
    const { jsonReport } = await rooms.lint()
    const { diagnostics } = jsonReport(findings, context.io)
    await console.printJson({
      ...(path === undefined ? {} : { file: path }),
      ...(siteFolder === undefined ? {} : { folder: siteFolder }),
      connectors,
      actions,
      broken: broken.length,
      diagnostics,
    })
  }
  const written = [path, siteFolder].flatMap((one) => (one === undefined ? [] : [displayPath(one)]))
  await console.note(
    failed
      ? `Nothing is written: ${broken.length > 0 ? `${broken.map(({ key }) => key).join(', ')} cannot be compiled` : 'the findings above have errors'}.`
      : `${connectors} connectors with ${actions} actions written to ${written.join(' and ')}.`,
  )
  return failed ? exitCodes.failed : exitCodes.done
}

/** What is wrong between the connectors, under the configuration of the linter. */
async function findTogether(context: CommandContext, from: string): Promise<readonly Diagnostic[]> {
  const { findConnectorFolders } = await context.rooms.catalog()
  const folders = (await findConnectorFolders(from)) ?? []
  const { config, diagnostics } = await readLintConfig(context, undefined)
  const { loadCatalogLinter } = await context.rooms.lint()
  const { lintTogether } = await loadCatalogLinter()
  return [
    ...diagnostics,
    ...lintTogether(
      folders.map((folder) => folder.path),
      config,
    ),
  ]
}

function usage(message: string, hint?: string): CliError {
  return new CliError('cli/usage', { message, ...(hint === undefined ? {} : { hint }) })
}
