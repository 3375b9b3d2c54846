import { createHash } from 'node:crypto'
import { relative, sep } from 'node:path'
import type { CatalogEntry } from './catalog.ts'
import { findConnectors } from './connector-folders.ts'
import { type IndexedConnector, writeHeader } from './index-file.ts'
import type { ConnectorSummary } from './listing.ts'
import { readEntry } from './read-entry.ts'
import { listConnector, summarizeConnector } from './summarize.ts'

/** An index, ready to be written, and the connectors that are missing from it. */
export interface BuiltCatalog {
  /** The same for the same files, byte for byte. */
  readonly content: Buffer
  readonly connectors: number
  readonly actions: number
  /** Connectors that cannot be compiled; their diagnostics say why. */
  readonly broken: readonly CatalogEntry[]
}

/**
 * Makes the index of a folder of connectors. It holds paths and hashes of the definitions, not the definitions: they
 * must stay where they are, and a change of theirs makes the index stale.
 *
 * @param indexFolder - where the file will stand; its paths start there
 * @param onConnector - is handed each connector in turn, so that nobody has to hold them all
 * @throws {DefinitionError} `definition/not-found`: nothing is there
 */
export async function buildCatalog(
  folder: string,
  indexFolder: string,
  onConnector: (connector: ConnectorSummary) => void = () => {},
): Promise<BuiltCatalog> {
  const listings: string[] = []
  const summaries: string[] = []
  const broken: CatalogEntry[] = []
  let offset = 0
  let actions = 0
  for (const connectorFolder of await findConnectors(folder)) {
    // One after the other: a thousand plans at a time would fill the memory.
    const { hash, ...entry } = await readEntry(connectorFolder)
    if (entry.plan === null) {
      broken.push(entry)
      continue
    }
    const connector = summarizeConnector(entry.plan)
    onConnector(connector)
    const summary = `${JSON.stringify(connector)}\n`
    const length = Buffer.byteLength(summary)
    const path = relative(indexFolder, entry.path).split(sep).join('/')
    const indexed: IndexedConnector = {
      path,
      hash,
      summary: [offset, length],
      connector: listConnector(entry.plan),
    }
    listings.push(`${JSON.stringify(indexed)}\n`)
    summaries.push(summary)
    offset += length
    actions += entry.plan.actions.length
  }
  const listing = Buffer.from(listings.join(''))
  const rest = Buffer.concat([listing, Buffer.from(summaries.join(''))])
  const header = writeHeader({
    hash: createHash('sha256').update(rest).digest('hex'),
    connectors: listings.length,
    listingBytes: listing.length,
  })
  return {
    content: Buffer.concat([Buffer.from(header), rest]),
    connectors: listings.length,
    actions,
    broken,
  }
}
