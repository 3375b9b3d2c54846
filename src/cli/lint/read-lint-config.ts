import { existsSync } from 'node:fs'
import { CliError, type Diagnostic } from '../../errors/index.ts'
import type { LintConfig } from '../../lint/index.ts'
import type { CommandContext } from '../command-context.ts'

/**
 * The configuration of the command: the file named, otherwise the nearest one of the folder.
 *
 * @param option - a file, or false for none
 * @throws {CliError} `cli/file`: the file named does not exist
 */
export async function readLintConfig(
  { rooms, io, resolvePath }: CommandContext,
  option: string | boolean | undefined,
): Promise<{ readonly config: LintConfig | undefined; readonly diagnostics: readonly Diagnostic[] }> {
  if (option === false) return { config: undefined, diagnostics: [] }
  const { findConfig } = await rooms.lint()
  const named = typeof option === 'string' ? resolvePath(option) : undefined
  if (named !== undefined && !existsSync(named))
    throw new CliError('cli/file', { message: `--config: ${String(option)} does not exist.` })
  const file = named ?? findConfig(io.cwd)
  if (file === undefined) return { config: undefined, diagnostics: [] }
  const { loadConfigReader } = await rooms.lint()
  const { readConfig } = await loadConfigReader()
  const { config, diagnostics } = readConfig(file)
  return { config: config ?? undefined, diagnostics }
}
