import { dirname } from 'node:path'
import { CliError } from '../../errors/index.ts'
import type { CommandContext } from '../command-context.ts'
import { replaceFile } from '../output/replace-file.ts'
import type { CatalogCommandOptions } from '../program/catalog-command.ts'

const indexMark = '{"mainspringCatalog":'

/** Builds the index of a folder. A connector that cannot be compiled is named, left out, and makes the command fail. */
export async function execute(
  context: CommandContext,
  [, folder]: readonly [string, string | undefined],
  { out = '' }: CatalogCommandOptions,
): Promise<number> {
  const { console, rooms, displayPath, resolvePath } = context
  const path = resolvePath(out)
  const { buildCatalog } = await rooms.catalog()
  const from = folder === undefined ? context.connectorsFolder : resolvePath(folder)
  const { content, connectors, actions, broken } = await buildCatalog(from, dirname(path)).catch(
    (thrown: unknown) => {
      if ((thrown as { code?: unknown }).code !== 'definition/not-found') throw thrown
      throw new CliError('cli/usage', {
        message: (thrown as Error).message,
        hint: 'Name a folder of connectors.',
      })
    },
  )
  await replaceFile(path, displayPath(path), content, { mark: indexMark, thing: 'index of connectors' })
  for (const { key, path: at } of broken) {
    await console.note(`${key} is left out: \`mainspring lint ${displayPath(at)}\` shows why.`)
  }
  if (console.json) await console.printJson({ file: path, connectors, actions, broken: broken.length })
  await console.note(`${connectors} connectors with ${actions} actions written to ${displayPath(path)}.`)
  return broken.length === 0 ? 0 : 1
}
