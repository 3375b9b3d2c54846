export { type Catalog, type CatalogEntry, type FoundAction, openCatalog } from './catalog.ts'
export { findConnectorFolders } from './connector-folders.ts'
export { type ActionRanking, createActionRanking, type RankedAction } from './rank-actions.ts'
export type { SearchHit } from './search.ts'
