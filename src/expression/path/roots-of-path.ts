import { childrenOf, type FilterNode } from './filter/filter-tree.ts'
import type { PathSegment } from './path-tree.ts'

/** The names of the root that a path can come by; undefined where it may look at any, or at the root as a whole. */
export function rootsOfPath(segments: readonly PathSegment[]): readonly string[] | undefined {
  const [first, ...rest] = segments
  if (first === undefined || !rest.every(staysBelow)) return undefined
  if (first.kind === 'key') return [first.text]
  return first.kind === 'escaped' ? [first.key, first.text] : undefined
}

/** Whether a segment only ever goes down from where it is. */
function staysBelow(segment: PathSegment): boolean {
  switch (segment.kind) {
    case 'parent':
    case 'self':
      return false
    case 'filter':
      return segment.condition === undefined || readsRowOnly(segment.condition)
    case 'computed':
      return segment.index === undefined || readsRowOnly(segment.index)
    case 'union':
      return segment.parts.every(staysBelow)
    default:
      return true
  }
}

function readsRowOnly(node: FilterNode): boolean {
  if (node.kind === 'variable') return node.variable === 'row' || node.variable === 'property'
  return childrenOf(node).every(readsRowOnly)
}
