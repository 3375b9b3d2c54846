import type { Span } from '../definition/index.ts'

/** The first line of a thing: where a missing key of it is reported. */
export function firstLine({ file, start, end }: Span): Span {
  const [line = ''] = file.text.slice(start, end).split(/\r?\n/, 1)
  return { file, start, end: start + line.trimEnd().length }
}
