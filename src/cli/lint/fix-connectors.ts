import type { Diagnostic } from '../../errors/index.ts'
import type { CommandContext } from '../command-context.ts'
import type { LintPlan } from './check-once.ts'

/** Mends what can be mended, and gives what is left; with `--fix-dry-run` shows the difference and gives nothing. */
export async function fixConnectors(
  { console, rooms, displayPath }: CommandContext,
  { folders, config, options }: LintPlan,
): Promise<readonly Diagnostic[] | undefined> {
  const { loadFixer } = await rooms.lint()
  const { fixFolder, writeFixes } = await loadFixer()
  const results = folders.map((folder) => fixFolder(folder, config))
  const count = results.reduce((sum, { fixed }) => sum + fixed, 0)
  if (options.fixDryRun === true) {
    const { createTwoFilesPatch, FILE_HEADERS_ONLY } = await import('diff')
    for (const { changed, before } of results) {
      for (const [file, text] of changed) {
        const name = displayPath(file)
        const patch = createTwoFilesPatch(name, name, before.get(file) ?? '', text, undefined, undefined, {
          headerOptions: FILE_HEADERS_ONLY,
        })
        await console.print(patch)
      }
    }
    await console.note(`${count} ${count === 1 ? 'fix' : 'fixes'} would be made.`)
    return undefined
  }
  for (const { changed } of results) writeFixes(changed)
  await console.note(`${count} ${count === 1 ? 'fix' : 'fixes'} made.`)
  return results.flatMap(({ diagnostics }) => diagnostics)
}
