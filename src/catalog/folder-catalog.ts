import type { ConnectorPlan } from '../plan/index.ts'
import type { Catalog, CatalogEntry, FoundAction } from './catalog.ts'
import type { ConnectorFolder } from './connector-folders.ts'
import type { CatalogListing, ConnectorSummary } from './listing.ts'
import { PlanCache } from './plan-cache.ts'
import { errorsOf, planOf, readEntry } from './read-entry.ts'
import { type SearchHit, searchActions } from './search.ts'
import { listConnector, summarizeConnector } from './summarize.ts'
import { unknownAction, unknownConnector } from './unknown-name.ts'

/** A catalog that reads the definitions themselves. */
export class FolderCatalog implements Catalog {
  readonly #folders: readonly ConnectorFolder[]
  readonly #entries: PlanCache<CatalogEntry>
  readonly #listings = new Map<string, CatalogListing>()

  constructor(folders: readonly ConnectorFolder[], maxPlans: number) {
    this.#folders = folders
    this.#entries = new PlanCache(maxPlans)
  }

  async list(): Promise<readonly CatalogEntry[]> {
    const entries: CatalogEntry[] = []
    for (const folder of this.#folders) entries.push(await this.#entry(folder))
    return entries
  }

  async listings(): Promise<readonly CatalogListing[]> {
    const listings: CatalogListing[] = []
    for (const folder of this.#folders) listings.push(await this.#listing(folder))
    return listings
  }

  async describe(key: string): Promise<ConnectorSummary> {
    return summarizeConnector(await this.connector(key))
  }

  async connector(key: string): Promise<ConnectorPlan> {
    const likely = this.#folders.find(({ stem }) => stem === key)
    const first = likely && (await this.#entry(likely))
    if (first?.key === key) return planOf(first)
    const listings = await this.listings()
    const folder = this.#folders[listings.findIndex((listing) => listing.key === key)]
    if (folder !== undefined) return planOf(await this.#entry(folder))
    throw unknownConnector(
      key,
      listings.map((listing) => listing.key),
    )
  }

  async find(actionId: string): Promise<FoundAction> {
    // By custom a file is named after its key, so that most searches read one connector and not all of them.
    const [likely] = this.#folders
      .filter(({ stem }) => actionId.startsWith(`${stem}_`))
      .sort((one, other) => other.stem.length - one.stem.length)
    if (likely !== undefined) {
      const entry = await this.#entry(likely)
      const found = entry.key === likely.stem ? actionOf(entry, actionId) : undefined
      if (found !== undefined) return found
    }
    const listings = await this.listings()
    const owners = this.#folders
      .map((folder, index) => ({ folder, key: listings[index]?.key ?? '' }))
      .filter(({ key }) => actionId.startsWith(`${key}_`))
      .sort((one, other) => other.key.length - one.key.length)
    for (const { folder } of owners) {
      const found = actionOf(await this.#entry(folder), actionId)
      if (found !== undefined) return found
    }
    throw unknownAction(actionId, connectorsOf(listings))
  }

  async search(text: string): Promise<readonly SearchHit[]> {
    return searchActions(connectorsOf(await this.listings()), text)
  }

  #entry(folder: ConnectorFolder): Promise<CatalogEntry> {
    return this.#entries.get(folder.path, () => readEntry(folder))
  }

  async #listing(folder: ConnectorFolder): Promise<CatalogListing> {
    const known = this.#listings.get(folder.path)
    if (known !== undefined) return known
    const { path, key, plan, diagnostics } = await this.#entry(folder)
    const connector = plan === null ? null : listConnector(plan)
    const listing = { path, key, connector, errors: errorsOf(diagnostics) }
    this.#listings.set(path, listing)
    return listing
  }
}

export function connectorsOf(listings: readonly CatalogListing[]) {
  return listings.flatMap(({ connector }) => (connector === null ? [] : [connector]))
}

function actionOf(entry: CatalogEntry, actionId: string): FoundAction | undefined {
  const connector = planOf(entry)
  const action = connector.actionsById[actionId.slice(entry.key.length + 1)]
  return action && { connector, action }
}
