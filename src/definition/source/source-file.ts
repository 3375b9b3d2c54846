import type { Location, Position } from '../../errors/index.ts'

/** A text that was read, with the means to say where in it something stands. */
export interface SourceFile {
  /** The path as the loader was given it. */
  readonly name: string
  /** Without byte order mark; offsets count in it. */
  readonly text: string
}

/** A range of a file by offsets, before anybody has asked for its lines. */
export interface Span {
  readonly file: SourceFile
  readonly start: number
  readonly end: number
}

const lineStarts = new WeakMap<SourceFile, readonly number[]>()

export function toLocation({ file, start, end }: Span): Location {
  return { file: file.name, range: { start: positionAt(file, start), end: positionAt(file, end) } }
}

function positionAt(file: SourceFile, offset: number): Position {
  const starts = startsOf(file)
  let low = 0
  let high = starts.length - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if ((starts[middle] ?? 0) <= offset) low = middle
    else high = middle - 1
  }
  return { line: low + 1, column: offset - (starts[low] ?? 0) + 1, offset }
}

function startsOf(file: SourceFile): readonly number[] {
  const known = lineStarts.get(file)
  if (known) return known
  const starts = [0]
  for (let at = file.text.indexOf('\n'); at !== -1; at = file.text.indexOf('\n', at + 1)) starts.push(at + 1)
  lineStarts.set(file, starts)
  return starts
}

/** The part of a span that stands on its first line, without trailing space. */
export function firstLineOf({ file, start, end }: Span): Span {
  const text = file.text.slice(start, end)
  const [line = ''] = text.split(/\r?\n/, 1)
  return { file, start, end: start + line.trimEnd().length }
}
