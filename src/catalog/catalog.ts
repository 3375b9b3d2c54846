import type { Diagnostic } from '../errors/index.ts'
import type { ActionPlan, ConnectorPlan } from '../plan/index.ts'
import type { CatalogListing, ConnectorSummary } from './listing.ts'
import type { SearchHit } from './search.ts'

/**
 * Connectors by key. Each is read and compiled when it is first needed; the plans used last are kept. Opened from a
 * folder, or from the file that `buildCatalog` makes of one: then listing, searching and describing compile nothing.
 */
export interface Catalog {
  /** Every connector as lists and searches need it, those that cannot be compiled included. */
  listings(): Promise<readonly CatalogListing[]>
  /**
   * All data of one connector, input schemas and guides included, without its closures.
   *
   * @throws {UnknownNameError} `connector/unknown`
   * @throws {DefinitionError} the connector is there and cannot be compiled
   */
  describe(key: string): Promise<ConnectorSummary>
  /** Every connector compiled: for few of them. {@link listings} does with less. */
  list(): Promise<readonly CatalogEntry[]>
  /**
   * @throws {UnknownNameError} `connector/unknown`
   * @throws {DefinitionError} the connector is there and cannot be compiled; `catalog/stale`: see `buildCatalog`
   */
  connector(key: string): Promise<ConnectorPlan>
  /**
   * The action of a full name such as `clockwork_list_people`: the connector is the longest key that starts it.
   *
   * @throws {UnknownNameError} `action/unknown`, with the nearest name where there is one
   * @throws {DefinitionError} as `connector`
   */
  find(actionId: string): Promise<FoundAction>
  /** Actions that hold every word of the text, best first. */
  search(text: string): Promise<readonly SearchHit[]>
}

/** One connector of a catalog; `plan` is null where `diagnostics` hold an error. */
export interface CatalogEntry {
  /** As the loader is given it. */
  readonly path: string
  /** The connector's key, or what its file name says where it cannot be compiled. */
  readonly key: string
  readonly plan: ConnectorPlan | null
  readonly diagnostics: readonly Diagnostic[]
}

export interface FoundAction {
  readonly connector: ConnectorPlan
  readonly action: ActionPlan
}

export interface CatalogOptions {
  /** Plans kept in memory at a time; 100 by default. */
  readonly maxPlans?: number
}

export const defaultMaxPlans = 100
