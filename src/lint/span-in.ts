import { locateInScalar, type SourceScalar, type Span } from '../definition/index.ts'
import type { SourceRange } from '../errors/index.ts'

/** The place in the file of a part of a text, given where it stands in its value. */
export function spanIn(scalar: SourceScalar, range: SourceRange | { start: number; end: number }): Span {
  const { start, end } = range
  return locateInScalar(
    scalar,
    typeof start === 'number' ? start : start.offset,
    typeof end === 'number' ? end : end.offset,
  )
}

/** The first place of a part of a scalar's text; the whole scalar where it is not in it. */
export function spanOfText(scalar: SourceScalar, part: string): Span {
  const at = typeof scalar.value === 'string' ? scalar.value.indexOf(part) : -1
  return at === -1 ? scalar : locateInScalar(scalar, at, at + part.length)
}
