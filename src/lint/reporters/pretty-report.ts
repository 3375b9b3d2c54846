import { readFileSync } from 'node:fs'
import { relative } from 'node:path'
import { styleText } from 'node:util'
import { codeFrameColumns } from '@babel/code-frame'
import type { Diagnostic, Location } from '../../errors/index.ts'
import { summarize } from '../summary.ts'

export interface PrettyOptions {
  readonly colour: boolean
  /** Paths are shown relative to it; the process's own by default. */
  readonly cwd?: string
  /** The text of a file; undefined where it cannot be shown. Reads from disk by default. */
  readonly read?: (file: string) => string | undefined
}

const tones = { error: 'red', warning: 'yellow', info: 'cyan' } as const

/** Findings for people: place, code, sentence, code frame, hint; then the counts. */
export function prettyReport(diagnostics: readonly Diagnostic[], options: PrettyOptions): string {
  const paint = (tone: Parameters<typeof styleText>[0], text: string) =>
    options.colour ? styleText(tone, text, { validateStream: false }) : text
  const read = cached(options.read ?? readFromDisk)
  const parts = diagnostics.map((diagnostic) => {
    const { severity, code, message, hint, location, related = [] } = diagnostic
    const lines = [
      `${paint('bold', placeOf(location, options.cwd))} ${paint(tones[severity], severity)} ${paint('dim', code)}`,
      message,
    ]
    const frame = frameOf(location, read)
    if (frame !== undefined) lines.push(frame)
    for (const other of related)
      lines.push(`  ${paint('dim', `${placeOf(other.location, options.cwd)} ${other.message}`)}`)
    lines.push(`  ${paint('cyan', 'hint')} ${hint}`)
    return lines.join('\n')
  })
  return [...parts, countLine(diagnostics)].join('\n\n')
}

function countLine(diagnostics: readonly Diagnostic[]): string {
  const { errors, warnings, infos } = summarize(diagnostics)
  if (diagnostics.length === 0) return 'Nothing to complain about.'
  const count = (number: number, word: string) =>
    number === 0 ? [] : [`${number} ${word}${number === 1 ? '' : 's'}`]
  return [...count(errors, 'error'), ...count(warnings, 'warning'), ...count(infos, 'note')].join(', ')
}

/** Shown path and position: `connectors/x/x.connector.s1.yaml:3:5`. */
export function placeOf({ file, range }: Location, cwd = process.cwd()): string {
  return `${relativePath(file, cwd)}:${range.start.line}:${range.start.column}`
}

/** As seen from a folder; a path that leads out of it stays as it is. */
export function relativePath(file: string, cwd: string): string {
  const path = relative(cwd, file)
  return path === '' || path.startsWith('..') ? file : path
}

function frameOf({ file, range }: Location, read: (file: string) => string | undefined): string | undefined {
  const text = read(file)
  if (text === undefined || text === '') return undefined
  // The library counts columns from 0.
  const [start, end] = [range.start, range.end].map(({ line, column }) => ({ line, column: column - 1 }))
  if (start === undefined || end === undefined) return undefined
  // A range over many lines would hide what it begins with.
  const shown = end.line > start.line + 3 ? { start } : { start, end }
  return codeFrameColumns(text, shown, { linesAbove: 1, linesBelow: 1, highlightCode: false })
}

function cached(read: (file: string) => string | undefined): (file: string) => string | undefined {
  const known = new Map<string, string | undefined>()
  return (file) => {
    if (!known.has(file)) known.set(file, read(file))
    return known.get(file)
  }
}

/** Positions count without a byte order mark. A file that is no text has no frame. */
function readFromDisk(file: string): string | undefined {
  try {
    const text = readFileSync(file, 'utf8').replace(/^\uFEFF/, '')
    return text.length > 10_000_000 ? undefined : text
  } catch {
    return undefined
  }
}
