import type { CatalogComparison, Change, Comparison } from '../../compat/index.ts'
import { CliError, type Location } from '../../errors/index.ts'
import type { CommandContext } from '../command-context.ts'
import { type ExplainedChange, explainChanged } from '../diff/explain-changed.ts'
import { loadModels } from '../diff/load-models.ts'
import { readRevision } from '../diff/read-revision.ts'
import type { DiffCommandOptions } from '../program/diff-command.ts'

/** Compares two versions of connectors. */
export async function execute(
  context: CommandContext,
  [paths]: readonly [readonly string[]],
  options: DiffCommandOptions,
): Promise<number> {
  const { console, rooms } = context
  const { comparison, shownPath, now } = await comparePaths(context, paths, options)
  const explained = options.explain === true ? await explainChanged(context, comparison, now, shownPath) : []
  const { markdownReport } = await rooms.compat()
  const format = options.format ?? (console.json ? 'json' : 'pretty')
  const findings = comparison.changed.flatMap((connector) => connector.findings)
  if (format === 'json')
    await console.printJson({
      ...jsonOf(comparison, shownPath),
      ...(options.explain === true ? { explained } : {}),
    })
  else if (format === 'markdown')
    await console.print(
      markdownReport(comparison, (change) => placeOf(change, shownPath)) + markdownOf(explained),
    )
  else await console.print(prettyText(context, comparison, shownPath) + textOf(context, explained))
  return findings.length > 0 ? 1 : 0
}

interface Compared {
  readonly now: Awaited<ReturnType<typeof loadModels>>
  readonly comparison: CatalogComparison
  /** A file of either version as a person here would write it. */
  shownPath(file: string): string
}

async function comparePaths(
  context: CommandContext,
  paths: readonly string[],
  { base }: DiffCommandOptions,
): Promise<Compared> {
  const { compareCatalogs } = await context.rooms.compat()
  const { displayPath, resolvePath } = context
  if (base === undefined) {
    const [before, after, more] = paths
    if (before === undefined || after === undefined || more !== undefined)
      throw new CliError('cli/usage', {
        message: 'diff compares two paths: the old version and the new one.',
        hint: 'Name both, or one with --base <revision>.',
      })
    const [old, now] = [
      await loadModels(context, resolvePath(before)),
      await loadModels(context, resolvePath(after)),
    ]
    return { comparison: compareCatalogs(old, now), shownPath: displayPath, now }
  }
  if (paths.length > 1)
    throw new CliError('cli/usage', {
      message: '--base takes one path.',
      hint: 'Name a folder that holds all of them.',
    })
  const path = paths[0] === undefined ? context.connectorsFolder : resolvePath(paths[0])
  const revision = await readRevision(path, base)
  try {
    const now = await loadModels(context, path)
    const old = revision.found ? await loadModels(context, revision.path) : []
    const shownPath = (file: string) =>
      file.startsWith(revision.path)
        ? `${base}:${displayPath(path + file.slice(revision.path.length))}`
        : displayPath(file)
    return { comparison: compareCatalogs(old, now), shownPath, now }
  } finally {
    await revision.remove()
  }
}

/** Where it is now, or was last. */
function placeOf({ before, after }: Change, shownPath: (file: string) => string): string {
  const location = after ?? before
  return location === undefined ? '' : shownLocation(location, shownPath)
}

function shownLocation({ file, range }: Location, shownPath: (file: string) => string): string {
  return `${shownPath(file)}:${range.start.line}:${range.start.column}`
}

const tones = { breaking: 'red', feature: 'green', fix: 'dim' } as const
const words = { breaking: 'breaking', feature: 'new     ', fix: 'other   ' } as const

function prettyText(
  { console }: CommandContext,
  comparison: CatalogComparison,
  shownPath: (file: string) => string,
): string {
  const { changed, added, removed } = comparison
  const blocks = [
    ...removed.map(
      (key) => `${console.style('bold', key)}\n  ${console.style('red', 'breaking')} The connector is gone.`,
    ),
    ...changed.map((connector) => connectorText(connector)),
    ...added.map(
      (key) => `${console.style('bold', key)}\n  ${console.style('green', 'new     ')} The connector is new.`,
    ),
  ]
  return blocks.length === 0 ? 'No change that a caller could notice.\n' : `${blocks.join('\n\n')}\n`

  function connectorText({
    connector,
    from,
    to,
    changes,
    bump,
    lowestVersion,
    findings,
  }: Comparison): string {
    const lines = changes.map(
      (change) =>
        `  ${console.style(tones[change.class], words[change.class])} ${change.message} ${console.style('dim', placeOf(change, shownPath))}`,
    )
    const verdict =
      findings.length > 0
        ? findings.map(
            ({ code, message, hint, location }) =>
              `  ${console.style('red', code)} ${shownLocation(location, shownPath)}\n    ${message} ${hint}`,
          )
        : [
            `  The version is high enough: ${to}${bump === 'none' ? '' : ` (${bump}: ${lowestVersion} or more)`}.`,
          ]
    return [`${console.style('bold', connector)} ${from} → ${to}`, ...lines, ...verdict].join('\n')
  }
}

function jsonOf({ changed, added, removed }: CatalogComparison, shownPath: (file: string) => string) {
  const shown = (location: Location | undefined) =>
    location && { ...location, file: shownPath(location.file) }
  return {
    connectors: changed.map(({ changes, findings, ...connector }) => ({
      ...connector,
      changes: changes.map(({ before, after, ...change }) => ({
        ...change,
        ...(before && { before: shown(before) }),
        ...(after && { after: shown(after) }),
      })),
      findings: findings.map((finding) => ({ ...finding, location: shown(finding.location) })),
    })),
    added,
    removed,
    summary: {
      breaking: countOf(changed, 'breaking') + removed.length,
      feature: countOf(changed, 'feature') + added.length,
      fix: countOf(changed, 'fix'),
    },
  }
}

function countOf(changed: readonly Comparison[], changeClass: Change['class']): number {
  return changed.flatMap(({ changes }) => changes).filter((change) => change.class === changeClass).length
}

function textOf({ console }: CommandContext, explained: readonly ExplainedChange[]): string {
  return explained
    .map(({ action, requests, why }) => `\n${console.style('bold', action)}\n${requests ?? why}\n`)
    .join('')
}

/** A fence longer than any in the text: a definition's own words cannot end it. */
function markdownOf(explained: readonly ExplainedChange[]): string {
  return explained
    .map(({ action, requests, why }) => {
      const text = requests ?? why ?? ''
      const fence = '`'.repeat(Math.max(3, ...[...text.matchAll(/`+/g)].map(([run]) => run.length + 1)))
      return `\n<details><summary>What <code>${action}</code> sends now</summary>\n\n${fence}http\n${text}\n${fence}\n\n</details>\n`
    })
    .join('')
}
