import { stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { type Catalog, type CatalogOptions, defaultMaxPlans } from './catalog.ts'
import { findConnectors } from './connector-folders.ts'
import { FolderCatalog } from './folder-catalog.ts'
import { isIndex, readIndex } from './index-file.ts'
import { IndexedCatalog } from './indexed-catalog.ts'

/**
 * Opens a folder of connectors, or of one connector, of which only the names of files are read now; or an index that
 * `buildCatalog` made, of which the part for lists is read.
 *
 * @throws {DefinitionError} `definition/not-found`: nothing is there; `catalog/unreadable`: a damaged index
 */
export async function openCatalog(path: string, options: CatalogOptions = {}): Promise<Catalog> {
  const maxPlans = options.maxPlans ?? defaultMaxPlans
  const isFile = await stat(path).then(
    (stats) => stats.isFile(),
    () => false,
  )
  if (isFile && (await isIndex(path)))
    return new IndexedCatalog(await readIndex(path), dirname(path), maxPlans)
  return new FolderCatalog(await findConnectors(path), maxPlans)
}
