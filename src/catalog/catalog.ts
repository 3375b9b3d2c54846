import { nearestName } from '../definition/index.ts'
import { DefinitionError, type Diagnostic, UnknownNameError } from '../errors/index.ts'
import { type ActionPlan, type ConnectorPlan, compileConnector, loadConnector } from '../plan/index.ts'
import { type ConnectorFolder, findConnectorFolders } from './connector-folders.ts'
import { type SearchHit, searchActions } from './search.ts'

/** A folder of connectors. Each is read and compiled when it is first needed, and once only. */
export interface Catalog {
  /** Every connector, those that cannot be compiled included. */
  list(): Promise<readonly CatalogEntry[]>
  /**
   * @throws {UnknownNameError} `connector/unknown`
   * @throws {DefinitionError} the connector is there and cannot be compiled
   */
  connector(key: string): Promise<ConnectorPlan>
  /**
   * The action of a full name such as `clockwork_list_people`: the connector is the longest key that starts it.
   *
   * @throws {UnknownNameError} `action/unknown`, with the nearest name where there is one
   * @throws {DefinitionError} the connector is there and cannot be compiled
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

/**
 * Opens a folder of connectors, or of one connector. Only the names of its files are read now.
 *
 * @throws {DefinitionError} `definition/not-found`: nothing is there
 */
export async function openCatalog(folder: string): Promise<Catalog> {
  const folders = await findConnectorFolders(folder)
  if (folders === null || folders.length === 0) {
    const message = folders === null ? `There is no folder ${folder}.` : `${folder} holds no connector.`
    throw new DefinitionError('definition/not-found', { message })
  }
  return new FolderCatalog(folders)
}

class FolderCatalog implements Catalog {
  readonly #folders: readonly ConnectorFolder[]
  readonly #entries = new Map<string, Promise<CatalogEntry>>()

  constructor(folders: readonly ConnectorFolder[]) {
    this.#folders = folders
  }

  list(): Promise<readonly CatalogEntry[]> {
    return Promise.all(this.#folders.map((folder) => this.#entry(folder)))
  }

  async connector(key: string): Promise<ConnectorPlan> {
    const likely = this.#folders.find(({ stem }) => stem === key)
    const first = likely && (await this.#entry(likely))
    if (first?.key === key) return planOf(first)
    const entries = await this.list()
    const entry = entries.find((candidate) => candidate.key === key)
    if (entry !== undefined) return planOf(entry)
    const nearest = nearestName(
      key,
      entries.map((candidate) => candidate.key),
    )
    throw new UnknownNameError('connector/unknown', {
      message: `There is no connector "${key}".`,
      hint: nearest && `Did you mean "${nearest}"? \`mainspring connectors\` lists them all.`,
    })
  }

  async find(actionId: string): Promise<FoundAction> {
    // By custom a file is named after its key, so that most searches read one connector and not all of them.
    const likely = this.#folders.filter(({ stem }) => actionId.startsWith(`${stem}_`)).sort(longestFirst)
    for (const folder of likely.slice(0, 1)) {
      const entry = await this.#entry(folder)
      const found = entry.key === folder.stem ? actionOf(entry, actionId) : undefined
      if (found !== undefined) return found
    }
    const entries = await this.list()
    const owners = entries.filter(({ key }) => actionId.startsWith(`${key}_`)).sort(byKeyLength)
    for (const entry of owners) {
      const found = actionOf(entry, actionId)
      if (found !== undefined) return found
    }
    throw this.#unknownAction(actionId, entries)
  }

  async search(text: string): Promise<readonly SearchHit[]> {
    return searchActions(plansOf(await this.list()), text)
  }

  #unknownAction(actionId: string, entries: readonly CatalogEntry[]): UnknownNameError {
    const known = plansOf(entries).flatMap(({ actions }) => actions)
    const unprefixed = known.find(({ id }) => id === actionId)?.qualifiedId
    const names = known.map(({ qualifiedId }) => qualifiedId)
    const nearest = unprefixed ?? nearestName(actionId, names)
    return new UnknownNameError('action/unknown', {
      message: `There is no action "${actionId}".`,
      hint: nearest && `Did you mean "${nearest}"? \`mainspring actions\` lists them all.`,
    })
  }

  #entry(folder: ConnectorFolder): Promise<CatalogEntry> {
    const known = this.#entries.get(folder.path)
    if (known !== undefined) return known
    const entry = readEntry(folder)
    this.#entries.set(folder.path, entry)
    return entry
  }
}

async function readEntry({ path, stem }: ConnectorFolder): Promise<CatalogEntry> {
  const { model, diagnostics } = await loadConnector(path)
  if (model === null) return { path, key: stem, plan: null, diagnostics }
  try {
    const plan = compileConnector(model)
    return { path, key: plan.key, plan, diagnostics }
  } catch (error) {
    if (!(error instanceof DefinitionError)) throw error
    return { path, key: stem, plan: null, diagnostics: [...diagnostics, ...error.diagnostics] }
  }
}

function actionOf(entry: CatalogEntry, actionId: string): FoundAction | undefined {
  const connector = planOf(entry)
  const action = connector.actionsById[actionId.slice(entry.key.length + 1)]
  return action && { connector, action }
}

function planOf({ plan, key, diagnostics }: CatalogEntry): ConnectorPlan {
  if (plan !== null) return plan
  const errors = diagnostics.filter(({ severity }) => severity === 'error')
  throw new DefinitionError(
    'definition/invalid',
    {
      message: `The connector "${key}" cannot be compiled: ${countOf(errors.length, 'error')}.`,
    },
    diagnostics,
  )
}

function plansOf(entries: readonly CatalogEntry[]): readonly ConnectorPlan[] {
  return entries.flatMap(({ plan }) => (plan === null ? [] : [plan]))
}

function countOf(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`
}

function longestFirst(a: ConnectorFolder, b: ConnectorFolder): number {
  return b.stem.length - a.stem.length
}

function byKeyLength(a: CatalogEntry, b: CatalogEntry): number {
  return b.key.length - a.key.length
}
