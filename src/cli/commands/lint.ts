import type { Diagnostic } from '../../errors/index.ts'
import type { CommandContext } from '../command-context.ts'
import { exitCodes } from '../console/error-report.ts'
import { checkOnce, type LintPlan } from '../lint/check-once.ts'
import { explainRule } from '../lint/explain-rule.ts'
import { fixConnectors } from '../lint/fix-connectors.ts'
import { hideKnown, readKnown, updateKnown } from '../lint/known-findings.ts'
import { findLintPaths } from '../lint/lint-paths.ts'
import { printReport } from '../lint/print-report.ts'
import { readLintConfig } from '../lint/read-lint-config.ts'
import { watchConnectors } from '../lint/watch-connectors.ts'
import type { LintCommandOptions } from '../program/lint-command.ts'

/** Checks connectors and shows what is found. */
export async function execute(
  context: CommandContext,
  [paths]: readonly [readonly string[]],
  options: LintCommandOptions,
): Promise<number> {
  if (options.explain !== undefined) return explainRule(context, options.explain)
  const format = options.format ?? (context.console.json ? 'json' : 'pretty')
  const read = await readLintConfig(context, options.config)
  if (read.diagnostics.length > 0) {
    await printReport(context, read.diagnostics, format)
    return exitCodes.usage
  }
  const plan: LintPlan = { folders: await findLintPaths(context, paths), config: read.config, options }
  const baseline = await readKnown(context, plan)
  const report = async (diagnostics: readonly Diagnostic[]): Promise<number> => {
    const shown = await hideKnown(context, diagnostics, baseline)
    await printReport(context, shown, format)
    return exitCodeOf(context, shown, options.maxWarnings ?? read.config?.maxWarnings)
  }
  if (options.fixDryRun === true || options.fix === true) {
    const left = await fixConnectors(context, plan)
    return left === undefined ? exitCodes.done : report(left)
  }
  if (options.updateBaseline === true) return updateKnown(context, plan, await checkOnce(context, plan))
  const code = await report(await checkOnce(context, plan))
  if (options.watch !== true) return code
  return watchConnectors(context, plan, async () => {
    await report(await checkOnce(context, plan))
  })
}

async function exitCodeOf(
  { console }: CommandContext,
  diagnostics: readonly Diagnostic[],
  maxWarnings: number | undefined,
): Promise<number> {
  if (diagnostics.some(({ severity }) => severity === 'error')) return exitCodes.failed
  const warnings = diagnostics.filter(({ severity }) => severity === 'warning').length
  if (maxWarnings === undefined || warnings <= maxWarnings) return exitCodes.done
  await console.note(`${warnings} warnings, and at most ${maxWarnings} are allowed.`)
  return exitCodes.failed
}
