import { readdir, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { DefinitionError } from '../errors/index.ts'

const rootFile = /^(?<stem>[^.]+)(?:\.connector|_v[\w-]+)\.s1\.yaml$/
const anyFile = /\.s1(\.partial)?\.yaml$/

/** A connector on disk, not yet read. */
export interface ConnectorFolder {
  /** The folder, or the connector's one file where a folder holds several. */
  readonly path: string
  /** What its file name says; by custom the connector's key. */
  readonly stem: string
}

/**
 * The connectors at a path: the folder itself where it holds a connector file, otherwise each of its subfolders
 * that does; or the one file named. A partial stands for its folder. In the order of their names.
 *
 * @returns null where nothing is at the path
 */
export async function findConnectorFolders(path: string): Promise<readonly ConnectorFolder[] | null> {
  const kind = await stat(path).catch(() => null)
  if (kind === null) return null
  if (kind.isFile()) return filesAsConnectors(path)
  const own = await connectorsIn(path)
  if (own.length > 0) return own
  const entries = await readdir(path, { withFileTypes: true })
  const folders = entries.filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
  const found = await Promise.all(
    folders
      .map((entry) => entry.name)
      .sort()
      .map((name) => connectorsIn(join(path, name))),
  )
  return found.flat()
}

/**
 * As {@link findConnectorFolders}, for who needs at least one.
 *
 * @throws {DefinitionError} `definition/not-found`: nothing is there
 */
export async function findConnectors(path: string): Promise<readonly ConnectorFolder[]> {
  const folders = await findConnectorFolders(path)
  if (folders !== null && folders.length > 0) return folders
  const message = folders === null ? `There is no folder ${path}.` : `${path} holds no connector.`
  throw new DefinitionError('definition/not-found', { message })
}

async function filesAsConnectors(file: string): Promise<readonly ConnectorFolder[]> {
  const name = basename(file)
  const stem = rootFile.exec(name)?.groups?.['stem']
  if (stem === undefined && anyFile.test(name)) return connectorsIn(dirname(file))
  return [{ path: file, stem: stem ?? name }]
}

async function connectorsIn(folder: string): Promise<readonly ConnectorFolder[]> {
  const names = (await readdir(folder)).filter((name) => rootFile.test(name)).sort()
  return names.map((name) => ({
    path: names.length === 1 ? folder : join(folder, name),
    stem: rootFile.exec(name)?.groups?.['stem'] ?? name,
  }))
}
