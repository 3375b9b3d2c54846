import type { ConnectorModel } from '../../definition/index.ts'
import { type Comparison, compareConnectors } from './compare-connectors.ts'

/** Two states of a folder of connectors. */
export interface CatalogComparison {
  /** Connectors that are in both and differ. */
  readonly changed: readonly Comparison[]
  /** Keys of connectors that are new. */
  readonly added: readonly string[]
  /** Keys of connectors that are gone: every caller of theirs breaks. */
  readonly removed: readonly string[]
}

export function compareCatalogs(
  before: readonly ConnectorModel[],
  after: readonly ConnectorModel[],
): CatalogComparison {
  const old = new Map(before.map((model) => [model.key, model]))
  const now = new Map(after.map((model) => [model.key, model]))
  return {
    changed: [...now].flatMap(([key, model]) => {
      const previous = old.get(key)
      const comparison = previous && compareConnectors(previous, model)
      return comparison === undefined || isSame(comparison) ? [] : [comparison]
    }),
    added: [...now.keys()].filter((key) => !old.has(key)),
    removed: [...old.keys()].filter((key) => !now.has(key)),
  }
}

function isSame({ changes, findings, from, to }: Comparison): boolean {
  return changes.length === 0 && findings.length === 0 && from === to
}
