import { functions } from '../functions/index.ts'
import { describeRead, type ExpressionCall, type ExpressionRead, keyStep, type ReadStep } from '../read.ts'
import type { SourceText } from '../source-text.ts'
import { childrenOf, type ProgramNode } from './syntax-tree.ts'

/** What a program reads and calls, in the order of its text. */
export interface ProgramDescription {
  readonly reads: readonly ExpressionRead[]
  readonly calls: readonly ExpressionCall[]
  /** See `CompiledExpression.roots`. */
  readonly roots: readonly string[] | undefined
  /** Whether it comes to the same value on every data and at any time. */
  readonly constant: boolean
}

/** The words that authors write for "nothing". They are names, and nobody means to read them. */
const wordsForNothing: ReadonlySet<string> = new Set(['null', 'undefined'])

export function describeProgram(tree: ProgramNode | undefined, source: SourceText): ProgramDescription {
  const reads: ExpressionRead[] = []
  const calls: ExpressionCall[] = []
  const roots = new Set<string>()
  let constant = true

  /** @param row - the way to the row of the filter around; undefined where its list is not read but made */
  const visit = (node: ProgramNode | undefined, row: readonly ReadStep[] | undefined): void => {
    if (node === undefined) return
    const range = source.rangeOf(node.start, node.end)
    if (node.kind === 'call') {
      calls.push({ name: node.name ?? '', argumentCount: node.args.length, range })
      if (node.name !== undefined && functions.get(node.name)?.readsClock === true) constant = false
    }
    const steps = readSteps(node, row)
    if (steps === undefined) {
      if (node.kind === 'name') constant = false
      if (node.kind === 'filter') {
        visit(node.list, row)
        visit(node.condition, undefined)
      } else for (const child of childrenOf(node)) visit(child, row)
      return
    }
    constant = false
    if (!(node.kind === 'name' && wordsForNothing.has(node.name))) reads.push(describeRead(steps, range))
    visitBrackets(node, row)
  }

  /** What stands in the brackets of a chain of reads, from left to right. */
  const visitBrackets = (node: ProgramNode, row: readonly ReadStep[] | undefined): void => {
    if (node.kind === 'member') visitBrackets(node.object, row)
    else if (node.kind === 'index') {
      visitBrackets(node.object, row)
      visit(node.index, row)
    } else if (node.kind === 'filter') {
      visitBrackets(node.list, row)
      visit(node.condition, [...(readSteps(node.list, row) ?? []), '*'])
    }
  }

  visit(tree, [])
  if (tree !== undefined) collectNames(tree, roots)
  return { reads: reads.toSorted(byStart), calls: calls.toSorted(byStart), constant, roots: [...roots] }
}

/** Names with a leading dot too: a row with nothing to read makes them names of the root. */
function collectNames(node: ProgramNode, names: Set<string>): void {
  if (node.kind === 'name') names.add(node.name)
  for (const child of childrenOf(node)) if (child !== undefined) collectNames(child, names)
}

function byStart(one: ExpressionRead | ExpressionCall, other: ExpressionRead | ExpressionCall): number {
  return one.range.start.offset - other.range.start.offset
}

/** The steps from the root that a chain of names and brackets goes; undefined for anything else. */
function readSteps(node: ProgramNode, row: readonly ReadStep[] | undefined): ReadStep[] | undefined {
  if (node.kind === 'name') {
    if (!node.relative) return [{ key: node.name }]
    return row === undefined ? undefined : [...row, { key: node.name }]
  }
  if (node.kind === 'member') {
    const steps = readSteps(node.object, row)
    steps?.push({ key: node.name })
    return steps
  }
  if (node.kind === 'index') {
    const steps = readSteps(node.object, row)
    steps?.push(indexStep(node.index))
    return steps
  }
  if (node.kind === 'filter') {
    const steps = readSteps(node.list, row)
    steps?.push('*')
    return steps
  }
  return undefined
}

function indexStep(index: ProgramNode | undefined): ReadStep {
  if (index?.kind !== 'literal' || typeof index.value === 'boolean') return '*'
  return keyStep(String(index.value))
}
