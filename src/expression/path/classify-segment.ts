import { type PathSegment, valueTypes } from './path-tree.ts'

const slice = /^(-?\d*):(-?\d*):?(\d*)$/

/**
 * What a piece between dots and brackets means. Quotes do not matter: `['*']` is a wildcard, unless the data has a
 * key of that name and the piece before was a plain name.
 */
export function classifySegment(text: string, start: number, end: number): PathSegment {
  const place = { text, start, end }
  switch (text) {
    case '*':
      return { kind: 'wildcard', ...place }
    case '..':
      return { kind: 'descent', ...place }
    case '^':
      return { kind: 'parent', ...place }
    case '~':
      return { kind: 'keyName', ...place }
    case '$':
      return { kind: 'self', ...place }
  }
  const bounds = slice.exec(text)
  if (bounds !== null) {
    const [, from, to, step] = bounds
    return { kind: 'slice', from: Number(from) || 0, to: Number(to) || 0, step: Number(step) || 1, ...place }
  }
  if (text.startsWith('@')) {
    return { kind: 'type', type: valueTypes.find((type) => text === `@${type}()`), ...place }
  }
  if (text.startsWith('`')) return { kind: 'escaped', key: text.slice(1), ...place }
  if (text.includes(',')) return { kind: 'union', parts: classifyParts(text, start), ...place }
  return { kind: 'key', ...place }
}

function classifyParts(text: string, start: number): PathSegment[] {
  let offset = start
  return text.split(',').map((part) => {
    const from = offset
    offset += part.length + 1
    return classifySegment(part, from, from + part.length)
  })
}
