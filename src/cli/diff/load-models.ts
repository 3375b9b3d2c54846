import { CliError, DefinitionError } from '../../errors/index.ts'
import type { LoadedConnector } from '../../plan/index.ts'
import type { CommandContext } from '../command-context.ts'

type Model = NonNullable<LoadedConnector['model']>

/**
 * The models of a connector, or of all connectors of a folder.
 *
 * @throws {CliError} `cli/usage`: nothing is there
 * @throws {DefinitionError} one of them cannot be read; nothing can be said of its changes then
 */
export async function loadModels(context: CommandContext, path: string): Promise<readonly Model[]> {
  const { rooms, displayPath } = context
  const { findConnectorFolders } = await rooms.catalog()
  const { loadConnector } = await rooms.plan()
  const folders = await findConnectorFolders(path)
  if (folders === null || folders.length === 0)
    throw new CliError('cli/usage', {
      message: `${displayPath(path)} holds no connector.`,
      hint: 'Name a connector or a folder of connectors.',
    })
  return Promise.all(
    folders.map(async (folder) => {
      const { model, diagnostics } = await loadConnector(folder.path)
      if (model !== null) return model
      throw new DefinitionError(
        'definition/invalid',
        { message: `${displayPath(folder.path)} cannot be read; \`mainspring lint\` shows why.` },
        diagnostics,
      )
    }),
  )
}
