import { parseYamlFile, type SourceFile, toLocation } from '../../definition/index.ts'
import type { Diagnostic } from '../../errors/index.ts'

/** How far before the place where the parser stumbles the line at fault may be. */
const looksBack = 4
/** Each try parses the file. */
const maxCharacters = 200_000

/**
 * A parser notices a slip where the text stops making sense, often a line later. What is at fault is the line with
 * which the file parses once it is indented as its neighbours, or left out. Gives the findings with the first error of
 * each file moved there; the place of the parser becomes a related one.
 */
export function moveToSlippedLines(
  diagnostics: readonly Diagnostic[],
  files: readonly SourceFile[],
): readonly Diagnostic[] {
  return files.reduce<readonly Diagnostic[]>((all, file) => {
    const own = all.filter(
      ({ code, location, severity }) =>
        code === 'definition/syntax' && severity === 'error' && location.file === file.name,
    )
    const [first] = own
    const slip = first === undefined || file.text.length > maxCharacters ? undefined : findSlip(file, first)
    if (first === undefined || slip === undefined) return all
    return [...all.filter((one) => !own.includes(one)), slip]
  }, diagnostics)
}

function findSlip(file: SourceFile, error: Diagnostic): Diagnostic | undefined {
  const lines = file.text.split('\n')
  const at = error.location.range.start.line - 1
  const candidates = [at - 1, at, at + 1, at - 2, at - 3, at - looksBack].filter(
    (index) => (lines[index]?.trim() ?? '') !== '',
  )
  for (const index of candidates) {
    const line = lines[index] ?? ''
    for (const indent of indentsAround(lines, index)) {
      if (
        indent === indentOf(line) ||
        !parses(file, lines.with(index, ' '.repeat(indent) + line.trimStart()))
      )
        continue
      return describe(file, lines, index, error, {
        message: `This line is indented by ${indentOf(line)} spaces, and the lines around it by ${indent}.`,
        hint: `Indent it by ${indent} spaces.`,
        fix: indent,
      })
    }
  }
  const alone = candidates.find((index) => parses(file, lines.toSpliced(index, 1)))
  if (alone === undefined) return undefined
  return describe(file, lines, alone, error, {
    message: `${error.message.replace(/\.$/, '')}; without this line the file can be read.`,
    hint: error.hint,
  })
}

function describe(
  file: SourceFile,
  lines: readonly string[],
  index: number,
  error: Diagnostic,
  { message, hint, fix }: { readonly message: string; readonly hint: string; readonly fix?: number },
): Diagnostic {
  const start = lines.slice(0, index).reduce((sum, line) => sum + line.length + 1, 0)
  const line = lines[index] ?? ''
  const indent = indentOf(line)
  const location = toLocation({ file, start: start + indent, end: start + line.trimEnd().length })
  const same = error.location.range.start.line === index + 1
  return {
    ...error,
    message,
    hint,
    location,
    ...(same ? {} : { related: [{ message: 'The parser notices it here.', location: error.location }] }),
    ...(fix === undefined
      ? {}
      : {
          fix: {
            description: `Indent by ${fix} spaces`,
            edits: [{ ...toLocation({ file, start, end: start + indent }), text: ' '.repeat(fix) }],
          },
        }),
  }
}

function parses(file: SourceFile, lines: readonly string[]): boolean {
  const { tree, diagnostics } = parseYamlFile({ name: file.name, text: lines.join('\n') })
  return tree !== null && diagnostics.length === 0
}

/** How the nearest lines are indented, nearest first; an item of a list also as its own content. */
function indentsAround(lines: readonly string[], index: number): readonly number[] {
  const near = [
    ...lines.slice(Math.max(0, index - 3), index).toReversed(),
    ...lines.slice(index + 1, index + 4),
  ].filter((line) => line.trim() !== '')
  return [
    ...new Set(
      near.flatMap((line) => (/^\s*- /.test(line) ? [indentOf(line) + 2, indentOf(line)] : [indentOf(line)])),
    ),
  ]
}

function indentOf(line: string): number {
  return line.length - line.trimStart().length
}
