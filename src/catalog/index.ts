export { type BuiltCatalog, buildCatalog } from './build-catalog.ts'
export type { Catalog, CatalogEntry, CatalogOptions, FoundAction } from './catalog.ts'
export { findConnectorFolders } from './connector-folders.ts'
export type {
  ActionListing,
  ActionSummary,
  AuthenticationListing,
  AuthenticationSummary,
  CatalogListing,
  ConnectorListing,
  ConnectorSummary,
  FieldSummary,
} from './listing.ts'
export { openCatalog } from './open-catalog.ts'
export {
  type ActionRanking,
  createActionRanking,
  type RankableAction,
  type RankedAction,
} from './rank-actions.ts'
export type { SearchHit } from './search.ts'
