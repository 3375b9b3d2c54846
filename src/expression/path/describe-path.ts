import { describeRead, type ExpressionRead, keyStep, type ReadStep } from '../read.ts'
import type { SourceText } from '../source-text.ts'
import { childrenOf, type FilterNode } from './filter/filter-tree.ts'
import type { PathSegment } from './path-tree.ts'

/** Unions of unions grow fast; beyond this many ways a union counts as "any child". */
const maxWays = 32

/** What a path reads: its own way first, then what its filters look at. */
export function describePath(
  segments: readonly PathSegment[],
  source: SourceText,
): readonly ExpressionRead[] {
  const inFilters: ExpressionRead[] = []
  let ways: (readonly ReadStep[])[] = [[]]

  const readFilter = (node: FilterNode, row: readonly ReadStep[]): void => {
    const steps = filterSteps(node, row)
    if (steps === undefined) for (const inner of childrenOf(node)) readFilter(inner, row)
    else if (steps.length > 0) inFilters.push(describeRead(steps, source.rangeOf(node.start, node.end)))
  }

  for (const segment of segments) {
    if (segment.kind === 'filter' && segment.condition !== undefined) {
      for (const way of ways) readFilter(segment.condition, [...way, '*'])
    } else if (segment.kind === 'computed' && segment.index !== undefined) {
      for (const way of ways) readFilter(segment.index, way)
    }
    const next = nextSteps(segment)
    if (next === 'back') ways = ways.map((way) => way.slice(0, -1))
    else {
      const steps = ways.length * next.length > maxWays ? (['*'] as const) : next
      ways = ways.flatMap((way) => steps.map((step) => (step === undefined ? way : [...way, step])))
    }
  }
  const range = source.rangeOf(0, source.text.length)
  return [...ways.map((way) => describeRead(way, range)), ...inFilters]
}

function nextSteps(segment: PathSegment): readonly (ReadStep | undefined)[] | 'back' {
  switch (segment.kind) {
    case 'key':
      return [keyStep(segment.text)]
    case 'escaped':
      return [{ key: segment.key }]
    case 'type':
      return segment.type === undefined ? [{ key: segment.text }] : [undefined]
    case 'descent':
      return ['..']
    case 'parent':
      return 'back'
    case 'keyName':
    case 'self':
      return [undefined]
    case 'union':
      return segment.parts.flatMap((part) => {
        const steps = nextSteps(part)
        return steps === 'back' ? [] : steps
      })
    case 'wildcard':
    case 'slice':
    case 'filter':
    case 'computed':
      return ['*']
  }
}

/** The way of `@.a.b` or `@root.a`; undefined for what is no such chain. */
function filterSteps(node: FilterNode, row: readonly ReadStep[]): ReadStep[] | undefined {
  if (node.kind === 'variable') {
    if (node.variable === 'row') return [...row]
    return node.variable === 'root' ? [] : undefined
  }
  if (node.kind !== 'member') return undefined
  const steps = filterSteps(node.object, row)
  if (typeof node.key === 'string') steps?.push({ key: node.key })
  else if (node.key.kind === 'literal') steps?.push(keyStep(String(node.key.value)))
  else steps?.push('*')
  return steps
}
