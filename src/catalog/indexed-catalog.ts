import { join } from 'node:path'
import { DefinitionError } from '../errors/index.ts'
import type { ConnectorPlan } from '../plan/index.ts'
import type { Catalog, CatalogEntry, FoundAction } from './catalog.ts'
import type { CatalogIndex, IndexedConnector } from './index-file.ts'
import type { CatalogListing, ConnectorSummary } from './listing.ts'
import { PlanCache } from './plan-cache.ts'
import { planOf, readEntry } from './read-entry.ts'
import { type SearchHit, searchActions } from './search.ts'
import { unknownAction, unknownConnector } from './unknown-name.ts'

/** A catalog that lists and describes from an index, and reads a definition only to run it. */
export class IndexedCatalog implements Catalog {
  readonly #index: CatalogIndex
  readonly #folder: string
  readonly #byKey: ReadonlyMap<string, IndexedConnector>
  readonly #entries: PlanCache<CatalogEntry>

  /** @param folder - where the index stands: its paths start there */
  constructor(index: CatalogIndex, folder: string, maxPlans: number) {
    this.#index = index
    this.#folder = folder
    this.#byKey = new Map(index.connectors.toReversed().map((one) => [one.connector.key, one]))
    this.#entries = new PlanCache(maxPlans)
  }

  async list(): Promise<readonly CatalogEntry[]> {
    const entries: CatalogEntry[] = []
    for (const connector of this.#index.connectors) entries.push(await this.#entry(connector))
    return entries
  }

  async listings(): Promise<readonly CatalogListing[]> {
    return this.#index.connectors.map(({ path, connector }) => ({
      path: join(this.#folder, path),
      key: connector.key,
      connector,
      errors: [],
    }))
  }

  async describe(key: string): Promise<ConnectorSummary> {
    return this.#index.readSummary(this.#indexed(key))
  }

  async connector(key: string): Promise<ConnectorPlan> {
    return planOf(await this.#entry(this.#indexed(key)))
  }

  async find(actionId: string): Promise<FoundAction> {
    // The longest key first: `acme_hr_list` is of `acme_hr` where there is one, and may be of `acme`.
    for (let end = actionId.lastIndexOf('_'); end > 0; end = actionId.lastIndexOf('_', end - 1)) {
      const indexed = this.#byKey.get(actionId.slice(0, end))
      const id = actionId.slice(end + 1)
      if (!indexed?.connector.actions.some((action) => action.id === id)) continue
      const connector = planOf(await this.#entry(indexed))
      const action = connector.actionsById[id]
      if (action !== undefined) return { connector, action }
    }
    throw unknownAction(
      actionId,
      this.#index.connectors.map(({ connector }) => connector),
    )
  }

  async search(text: string): Promise<readonly SearchHit[]> {
    return searchActions(
      this.#index.connectors.map(({ connector }) => connector),
      text,
    )
  }

  #indexed(key: string): IndexedConnector {
    const indexed = this.#byKey.get(key)
    if (indexed !== undefined) return indexed
    throw unknownConnector(key, [...this.#byKey.keys()])
  }

  #entry({ path, hash, connector: { key } }: IndexedConnector): Promise<CatalogEntry> {
    return this.#entries.get(path, async () => {
      const entry = await readEntry({ path: join(this.#folder, path), stem: key })
      if (entry.plan !== null && entry.hash !== hash)
        throw new DefinitionError('catalog/stale', {
          message: `The files of the connector "${key}" changed after the index was built.`,
        })
      return entry
    })
  }
}
