export { type Catalog, type CatalogEntry, type FoundAction, openCatalog } from './catalog.ts'
export { findConnectorFolders } from './connector-folders.ts'
export { nearestName } from './nearest-name.ts'
export type { SearchHit } from './search.ts'
