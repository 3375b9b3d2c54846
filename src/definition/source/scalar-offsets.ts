import type { Span } from './source-file.ts'
import type { SourceScalar } from './source-node.ts'

/** The span in the file of a part of a scalar's value; of the whole scalar where the two cannot be matched. */
export function locateInScalar(scalar: SourceScalar, startOffset: number, endOffset: number): Span {
  const offsets = typeof scalar.value === 'string' ? sourceOffsets(scalar, scalar.value) : undefined
  const start = offsets?.[startOffset]
  const last = offsets?.[Math.max(endOffset - 1, startOffset)]
  if (offsets === undefined || start === undefined || last === undefined) return scalar
  const { file } = scalar
  return { file, start, end: endOffset > startOffset ? (offsets[endOffset] ?? last + 1) : start }
}

/**
 * For each UTF-16 unit of the value, and one behind the last, its offset in the file. Reads source and value side by
 * side: what the source has more is indentation, folding, escapes and quotes. Undefined where they part.
 */
function sourceOffsets(scalar: SourceScalar, value: string): readonly number[] | undefined {
  const { text } = scalar.file
  const offsets: number[] = []
  let at = contentStart(scalar)
  let index = 0
  while (index < value.length) {
    if (scalar.style === 'double' && text[at] === '\\') {
      const escaped = readEscape(text, at)
      for (let unit = 0; unit < escaped.units; unit += 1) offsets.push(at)
      index += escaped.units
      at += escaped.length
      continue
    }
    const wanted = value[index] ?? ''
    if (text[at] !== wanted) {
      if (/\s/.test(wanted)) {
        // A folded line break, or one of several that a fold took together.
        offsets.push(at)
        index += 1
        continue
      }
      while (/\s/.test(text[at] ?? '') && at < scalar.end) at += 1
      if (text[at] === '\\' && scalar.style === 'double') continue
      if (text[at] !== wanted) return undefined
    }
    offsets.push(at)
    // A quote within single quotes stands twice.
    at += scalar.style === 'single' && wanted === "'" ? 2 : 1
    index += 1
  }
  offsets.push(at)
  return offsets
}

function contentStart({ style, start, file }: SourceScalar): number {
  if (style === 'plain') return start
  if (style !== 'block') return start + 1
  const lineEnd = file.text.indexOf('\n', start)
  return lineEnd === -1 ? start : lineEnd + 1
}

/** Length of an escape in the source, and of what it stands for. */
function readEscape(text: string, at: number): { length: number; units: number } {
  const kind = text[at + 1] ?? ''
  if (kind === 'x') return { length: 4, units: 1 }
  if (kind === 'u') return { length: 6, units: 1 }
  if (kind === 'U')
    return { length: 10, units: Number.parseInt(text.slice(at + 2, at + 10), 16) > 0xffff ? 2 : 1 }
  if (kind !== '\n' && kind !== '\r') return { length: 2, units: 1 }
  const [skipped = ''] = /^\\\r?\n[ \t]*/.exec(text.slice(at, at + 1000)) ?? []
  return { length: skipped.length, units: 0 }
}
