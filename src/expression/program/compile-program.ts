import { ExpressionError } from '../../errors/index.ts'
import { limitError } from '../expression-failure.ts'
import { type ExpressionFunction, functions } from '../functions/index.ts'
import { expressionLimits } from '../limits.ts'
import { type Data, readOwn } from '../own-property.ts'
import type { SourceText } from '../source-text.ts'
import { WorkBudget } from '../work-budget.ts'
import { operators } from './operators.ts'
import type { ProgramNode } from './syntax-tree.ts'

/** What a program or a part of it comes to; `row` is what a leading dot reads, the root outside of filters. */
type Evaluate = (root: Data, row: unknown) => unknown

/** What became of a program. A failure at run time has no message: the language is silent about it. */
export type Outcome = { readonly failed: false; readonly value: unknown } | { readonly failed: true }

/** Thrown within a program and caught at its edge. */
const failure = new Error('An expression failed at run time.')
const failed: Outcome = Object.freeze({ failed: true })

/**
 * The program as one function that never throws for what it meets in the data, save `expression/limit`.
 *
 * @param now - milliseconds since 1970, for the functions of dates
 */
export function compileProgram(
  tree: ProgramNode | undefined,
  source: SourceText,
  now: () => number,
): (root: Data) => Outcome {
  if (tree === undefined) return () => ({ failed: false, value: undefined })
  const budget = new WorkBudget(source.rangeOf(tree.start, tree.end))
  const run = compileNode(tree, { source, budget, now })
  return (root) => {
    budget.reset()
    try {
      return { failed: false, value: run(root, root) }
    } catch (error) {
      if (error instanceof ExpressionError) throw error
      return failed
    }
  }
}

interface Compilation {
  readonly source: SourceText
  readonly budget: WorkBudget
  readonly now: () => number
}

const fail: Evaluate = () => {
  throw failure
}

/** A place that was left empty fails only when it is reached. */
function compileOptional(node: ProgramNode | undefined, compilation: Compilation): Evaluate {
  return node === undefined ? fail : compileNode(node, compilation)
}

function compileNode(node: ProgramNode, compilation: Compilation): Evaluate {
  switch (node.kind) {
    case 'literal': {
      const { value } = node
      return () => value
    }
    case 'name': {
      const { name } = node
      return node.relative ? (_root, row) => readOwn(row, name) : (root) => readOwn(root, name)
    }
    case 'member': {
      const read = compileNode(node.object, compilation)
      const { name } = node
      return (root, row) => readMember(read(root, row), name)
    }
    case 'index':
      return compileIndex(compileNode(node.object, compilation), compileOptional(node.index, compilation))
    case 'filter':
      return compileFilter(
        compileNode(node.list, compilation),
        compileNode(node.condition, compilation),
        compilation,
      )
    case 'call':
      return compileCall(
        node.name === undefined ? undefined : functions.get(node.name),
        node.args,
        compilation,
      )
    case 'transform':
      return fail
    case 'not': {
      const read = compileNode(node.operand, compilation)
      return (root, row) => !read(root, row)
    }
    case 'binary':
      return compileBinary(node, compilation)
    case 'conditional': {
      const test = compileOptional(node.test, compilation)
      const otherwise = compileOptional(node.alternate, compilation)
      if (node.consequent === undefined) return (root, row) => test(root, row) || otherwise(root, row)
      const then = compileNode(node.consequent, compilation)
      return (root, row) => (test(root, row) ? then(root, row) : otherwise(root, row))
    }
    case 'list': {
      const items = node.items.map((item) => compileNode(item, compilation))
      return (root, row) => items.map((item) => item(root, row))
    }
    case 'object': {
      const entries = node.entries.map(({ key, value }) => ({
        key,
        read: compileOptional(value, compilation),
      }))
      return (root, row) => Object.fromEntries(entries.map(({ key, read }) => [key, read(root, row)]))
    }
  }
}

/** `value.name`: nothing of nothing, and of a list what its first element has. */
function readMember(value: unknown, name: string): unknown {
  if (!Array.isArray(value)) return readOwn(value, name)
  const first: unknown = value[0]
  if (first === null || first === undefined) throw failure
  return readOwn(first, name)
}

function compileIndex(object: Evaluate, index: Evaluate): Evaluate {
  return (root, row) => {
    const value = object(root, row)
    const key = index(root, row)
    if (typeof key === 'boolean') return key ? value : undefined
    if (value === null || value === undefined) throw failure
    return readOwn(value, typeof key === 'number' ? key : String(key))
  }
}

function compileFilter(list: Evaluate, condition: Evaluate, { budget }: Compilation): Evaluate {
  return (root, row) => {
    const subject = list(root, row)
    if (subject === undefined) return []
    const rows: unknown[] = Array.isArray(subject) ? subject : [subject]
    budget.spend(rows.length)
    // A row that is null, false, 0 or '' has nothing to read, and its dots read the root.
    return rows.filter((each) => condition(root, each || root))
  }
}

function compileCall(
  called: ExpressionFunction | undefined,
  nodes: readonly ProgramNode[],
  compilation: Compilation,
): Evaluate {
  if (called === undefined) return fail
  const { now } = compilation
  const { apply } = called
  const args = nodes.map((argument) => compileNode(argument, compilation))
  const [first] = args
  if (first !== undefined && args.length === 1) return (root, row) => apply([first(root, row)], now)
  return (root, row) =>
    apply(
      args.map((argument) => argument(root, row)),
      now,
    )
}

function compileBinary(node: Extract<ProgramNode, { kind: 'binary' }>, compilation: Compilation): Evaluate {
  const left = compileNode(node.left, compilation)
  const right = compileNode(node.right, compilation)
  if (node.operator === '&&') return (root, row) => left(root, row) && right(root, row)
  if (node.operator === '||') return (root, row) => left(root, row) || right(root, row)
  const apply = operators[node.operator]
  if (node.operator !== '+') return (root, row) => apply(left(root, row), right(root, row))
  const { source } = compilation
  return (root, row) => {
    const sum = apply(left(root, row), right(root, row))
    if (typeof sum === 'string' && sum.length > expressionLimits.maxOutputLength) {
      throw limitError(
        `The expression makes a text of more than ${expressionLimits.maxOutputLength} characters.`,
        source.rangeOf(node.start, node.end),
      )
    }
    return sum
  }
}
