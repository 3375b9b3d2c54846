import type { Span } from '../definition/index.ts'
import type { ExpressionRead } from '../expression/index.ts'
import { spanIn } from './span-in.ts'
import type { ExpressionView } from './view/connector-view.ts'

/** The place of one name of a path, such as the `page_size` of `$.inputs.page_size`; of the whole path where it cannot be told. */
export function spanOfSegment(expression: ExpressionView, read: ExpressionRead, index: number): Span {
  const { scalar, text } = expression
  let at = read.range.start.offset
  for (const [position, segment] of read.segments.entries()) {
    const name = String(segment)
    const found = text.indexOf(name, at)
    if (found === -1 || found + name.length > read.range.end.offset) break
    if (position === index) return spanIn(scalar, { start: found, end: found + name.length })
    at = found + name.length
  }
  return spanIn(scalar, read.range)
}

/** Whether a segment stands in the text as it is read, so that another name can take its place. */
export function isWritten({ text }: ExpressionView, read: ExpressionRead, index: number): boolean {
  return text.slice(read.range.start.offset, read.range.end.offset).includes(String(read.segments[index]))
}
