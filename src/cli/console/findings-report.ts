import { readFileSync } from 'node:fs'
import type { Diagnostic } from '../../errors/index.ts'
import type { CommandContext } from '../command-context.ts'
import { visibleText, withPlaceholders } from './visible-text.ts'

/** A larger file is not worth a code frame. */
const maxCharacters = 10_000_000

/** Findings with their code frames, for a person: nothing of a hostile definition reaches the terminal as a command. */
export async function findingsReport(
  { console, io, rooms }: Pick<CommandContext, 'console' | 'io' | 'rooms'>,
  diagnostics: readonly Diagnostic[],
  stream: 'stdout' | 'stderr',
): Promise<string> {
  const { loadPrettyReport } = await rooms.lint()
  const { prettyReport } = await loadPrettyReport()
  const colour = console.isColoured(stream)
  return `${prettyReport(diagnostics.map(visibleFinding), { colour, cwd: io.cwd, read: readVisibly })}\n`
}

function visibleFinding(diagnostic: Diagnostic): Diagnostic {
  const { message, hint, related } = diagnostic
  const others = related?.map((other) => ({ ...other, message: visibleText(other.message) }))
  return {
    ...diagnostic,
    message: visibleText(message),
    hint: visibleText(hint),
    ...(others === undefined ? {} : { related: others }),
  }
}

/** Each control character becomes one sign, so that columns stay what they are. */
function readVisibly(file: string): string | undefined {
  try {
    const text = readFileSync(file, 'utf8').replace(/^\uFEFF/, '')
    return text.length > maxCharacters ? undefined : withPlaceholders(text)
  } catch {
    return undefined
  }
}
