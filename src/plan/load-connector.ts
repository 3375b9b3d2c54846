import { type ConnectorModel, loadDefinition } from '../definition/index.ts'
import type { Diagnostic } from '../errors/index.ts'
import { compileModel } from './compile-connector.ts'

/** What loading gives: the model, or null where it cannot run; and every finding either way. */
export interface LoadedConnector {
  readonly model: ConnectorModel | null
  readonly diagnostics: readonly Diagnostic[]
}

/**
 * Reads a connector from its folder or file: parsed, references resolved, validated, and each expression compiled.
 * Returns all findings rather than throwing: `model` is null where one of them is an error.
 */
export async function loadConnector(folderOrFile: string): Promise<LoadedConnector> {
  const { model, diagnostics } = await loadDefinition(folderOrFile)
  if (model === null) return { model, diagnostics }
  const all = [...diagnostics, ...compileModel(model).diagnostics]
  return { model: all.some(({ severity }) => severity === 'error') ? null : model, diagnostics: all }
}
