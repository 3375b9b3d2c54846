import { createHash } from 'node:crypto'
import { basename } from 'node:path'
import { DefinitionError, type Diagnostic } from '../errors/index.ts'
import { type ConnectorPlan, compileConnector, loadConnector } from '../plan/index.ts'
import type { CatalogEntry } from './catalog.ts'
import type { ConnectorFolder } from './connector-folders.ts'

/** A connector with the hash of its files. */
export interface ReadEntry extends CatalogEntry {
  /** SHA-256 over names and texts of its files; empty where it cannot be compiled. */
  readonly hash: string
}

/** Loads and compiles a connector; what is wrong with it is data. */
export async function readEntry({ path, stem }: ConnectorFolder): Promise<ReadEntry> {
  const { model, diagnostics } = await loadConnector(path)
  if (model === null) return { path, key: stem, plan: null, diagnostics, hash: '' }
  try {
    const plan = compileConnector(model)
    return { path, key: plan.key, plan, diagnostics, hash: hashFiles(model.files) }
  } catch (error) {
    if (!(error instanceof DefinitionError)) throw error
    return { path, key: stem, plan: null, diagnostics: [...diagnostics, ...error.diagnostics], hash: '' }
  }
}

function hashFiles(files: readonly { readonly name: string; readonly text: string }[]): string {
  const hash = createHash('sha256')
  for (const { name, text } of files.toSorted((one, other) => (one.name < other.name ? -1 : 1)))
    hash.update(`${basename(name)}\0${text.length}\0`).update(text)
  return hash.digest('hex')
}

/** The plan of an entry. @throws {DefinitionError} it cannot be compiled */
export function planOf({ plan, key, diagnostics }: CatalogEntry): ConnectorPlan {
  if (plan !== null) return plan
  const { length } = errorsOf(diagnostics)
  throw new DefinitionError(
    'definition/invalid',
    { message: `The connector "${key}" cannot be compiled: ${length} error${length === 1 ? '' : 's'}.` },
    diagnostics,
  )
}

export function errorsOf(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  return diagnostics.filter(({ severity }) => severity === 'error')
}
