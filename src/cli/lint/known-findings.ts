import { readFileSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { CliError, type Diagnostic } from '../../errors/index.ts'
import type { Baseline } from '../../lint/index.ts'
import type { CommandContext } from '../command-context.ts'
import type { LintPlan } from './check-once.ts'

/** Findings of old, and the file that holds them. */
export interface Known {
  readonly file: string
  readonly baseline: Baseline
}

/** @throws {CliError} `cli/file`: the baseline that is named cannot be read, or is none */
export async function readKnown(context: CommandContext, plan: LintPlan): Promise<Known | undefined> {
  const file = baselineFile(context, plan)
  if (file === undefined || plan.options.updateBaseline === true) return undefined
  const { parseBaseline } = await context.rooms.lint()
  const shown = context.displayPath(file)
  const baseline = parseBaseline(readText(file, shown))
  if (baseline === undefined) throw new CliError('cli/file', { message: `${shown} is not a baseline.` })
  return { file, baseline }
}

/** The findings that are new. Says which of the known ones are gone, so that the baseline shrinks. */
export async function hideKnown(
  { rooms, console, displayPath }: CommandContext,
  diagnostics: readonly Diagnostic[],
  known: Known | undefined,
): Promise<readonly Diagnostic[]> {
  if (known === undefined) return diagnostics
  const { subtractBaseline } = await rooms.lint()
  const left = subtractBaseline(diagnostics, known.baseline, dirname(known.file))
  if (left.gone.length > 0)
    await console.note(
      `${left.gone.length} findings of ${displayPath(known.file)} are gone: run with --update-baseline.`,
    )
  return left.diagnostics
}

/** @throws {CliError} `cli/usage`: no file is named; `cli/file`: it cannot be written */
export async function updateKnown(
  context: CommandContext,
  plan: LintPlan,
  diagnostics: readonly Diagnostic[],
): Promise<number> {
  const file = baselineFile(context, plan)
  if (file === undefined)
    throw new CliError('cli/usage', { message: '--update-baseline needs the file: name it with --baseline.' })
  const { createBaseline } = await context.rooms.lint()
  const baseline = createBaseline(diagnostics, dirname(file))
  const shown = context.displayPath(file)
  try {
    writeFileSync(file, `${JSON.stringify(baseline, null, 2)}\n`)
  } catch {
    throw new CliError('cli/file', { message: `${shown} cannot be written.` })
  }
  await context.console.note(`${diagnostics.length} findings written to ${shown}.`)
  return 0
}

function baselineFile({ resolvePath }: CommandContext, { options, config }: LintPlan): string | undefined {
  return options.baseline === undefined ? config?.baseline : resolvePath(options.baseline)
}

function readText(file: string, shown: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    throw new CliError('cli/file', {
      message: `The baseline ${shown} cannot be read.`,
      hint: 'Write it with --update-baseline.',
    })
  }
}
