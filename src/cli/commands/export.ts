import { writeFile } from 'node:fs/promises'
import { CliError } from '../../errors/index.ts'
import type { CommandContext } from '../command-context.ts'
import type { ExportCommandOptions } from '../program/export-command.ts'

/** Writes a connector in the plain format; what it loses is named on standard error. */
export async function execute(
  context: CommandContext,
  [key]: readonly [string],
  options: ExportCommandOptions,
): Promise<void> {
  const { console, rooms, resolvePath, displayPath } = context
  const catalog = await context.openCatalog()
  const { file } = await catalog.connector(key)
  const { loadConnector } = await rooms.plan()
  const { model } = await loadConnector(file)
  if (model === null)
    throw new CliError('cli/file', { message: `${displayPath(file)} changed while it was read.` })
  const { exportStackOne } = await rooms.compat()
  const { text, fileName, losses } = exportStackOne(model)
  for (const loss of losses) await console.note(`not exported: ${loss}`)
  if (options.out === undefined) {
    await (console.json ? console.printJson({ fileName, text, losses }) : console.print(text))
    return
  }
  const path = resolvePath(options.out)
  await writeFile(path, text, { flag: 'wx' }).catch((error: NodeJS.ErrnoException) => {
    const why = error.code === 'EEXIST' ? 'exists already' : 'cannot be written'
    throw new CliError('cli/file', {
      message: `${displayPath(path)} ${why}.`,
      hint: 'Name a new file in a folder that can be written.',
    })
  })
  await console.note(`Written to ${displayPath(path)}.`)
}
