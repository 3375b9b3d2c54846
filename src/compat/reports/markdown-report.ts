import type { Change, ChangeClass } from '../changes/change.ts'
import type { CatalogComparison } from '../changes/compare-catalogs.ts'
import type { Comparison } from '../changes/compare-connectors.ts'

const headings: Readonly<Record<ChangeClass, string>> = {
  breaking: 'Breaking',
  feature: 'New',
  fix: 'Other changes',
}

/** A summary for a pull request: what callers will notice, the worst first. */
export function markdownReport(
  { changed, added, removed }: CatalogComparison,
  placeOf: (change: Change) => string,
): string {
  const parts = [
    ...removed.map((key) => `### ${code(key)}\n\n**Removed.** Every caller of this connector breaks.`),
    ...changed.map((comparison) => connectorPart(comparison, placeOf)),
    ...added.map((key) => `### ${code(key)}\n\nA new connector.`),
  ]
  if (parts.length === 0) return 'No change that a caller of the connectors could notice.\n'
  return `## Connector changes\n\n${parts.join('\n\n')}\n`
}

function connectorPart(comparison: Comparison, placeOf: (change: Change) => string): string {
  const { connector, from, to, changes, findings } = comparison
  const version = from === to ? code(from) : `${code(from)} → ${code(to)}`
  const groups = (['breaking', 'feature', 'fix'] as const).flatMap((changeClass) => {
    const own = changes.filter((change) => change.class === changeClass)
    if (own.length === 0) return []
    const lines = own.map((change) => `- ${escapeText(change.message)} ${code(placeOf(change))}`).join('\n')
    // What callers do not notice is folded away.
    return changeClass === 'fix'
      ? [`<details><summary>${headings.fix} (${own.length})</summary>\n\n${lines}\n\n</details>`]
      : [`**${headings[changeClass]} (${own.length})**\n\n${lines}`]
  })
  const warnings = findings.map(
    ({ message, hint }) => `> [!WARNING]\n> ${escapeText(message)} ${escapeText(hint)}`,
  )
  return [`### ${code(connector)} ${version}`, ...warnings, ...groups].join('\n\n')
}

function code(text: string): string {
  return `\`${text.replaceAll('`', "'")}\``
}

/** A definition's own words must not become markup of the comment, nor mention people. */
function escapeText(text: string): string {
  return text.replaceAll(/[<>|]/g, (character) => `\\${character}`).replaceAll('@', '@\u200b')
}
