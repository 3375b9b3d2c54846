import { CliError } from '../../errors/index.ts'
import type { CommandContext } from '../command-context.ts'

/**
 * The connectors at the paths of the command line, each once.
 *
 * @throws {CliError} `cli/usage`: nothing is at a path, or no connector
 */
export async function findLintPaths(
  { rooms, connectorsFolder, resolvePath }: CommandContext,
  paths: readonly string[],
): Promise<readonly string[]> {
  const { findConnectorFolders } = await rooms.catalog()
  const asked = paths.length === 0 ? [connectorsFolder] : paths.map(resolvePath)
  const found = await Promise.all(
    asked.map(async (path, index) => {
      const connectors = await findConnectorFolders(path)
      const shown = paths[index] ?? path
      if (connectors === null) throw new CliError('cli/usage', { message: `There is nothing at ${shown}.` })
      if (connectors.length === 0) {
        throw new CliError('cli/usage', { message: `${shown} holds no connector.` })
      }
      return connectors.map((connector) => connector.path)
    }),
  )
  return [...new Set(found.flat())]
}
