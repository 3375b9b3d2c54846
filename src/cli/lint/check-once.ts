import type { Diagnostic } from '../../errors/index.ts'
import type { LintConfig } from '../../lint/index.ts'
import type { CommandContext } from '../command-context.ts'
import type { LintCommandOptions } from '../program/lint-command.ts'

/** What one run of the command is about. */
export interface LintPlan {
  /** Absolute paths of connectors. */
  readonly folders: readonly string[]
  readonly config: LintConfig | undefined
  readonly options: LintCommandOptions
}

/** Every finding, from the cache where nothing has changed. */
export async function checkOnce(
  { rooms, io }: CommandContext,
  { folders, config, options }: LintPlan,
): Promise<readonly Diagnostic[]> {
  const { lintFolders, findCacheFolder, openCache } = await rooms.lint()
  const folder = options.cache === false ? undefined : findCacheFolder(io.cwd, io.env)
  return lintFolders(folders, {
    config,
    cache: folder === undefined ? undefined : openCache(folder),
    catalog: options.catalog === true,
  })
}
