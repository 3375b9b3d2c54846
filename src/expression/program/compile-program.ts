import { ExpressionError } from '../../errors/index.ts'
import { limitError } from '../expression-failure.ts'
import { type ExpressionFunction, functions } from '../functions/index.ts'
import { expressionLimits } from '../limits.ts'
import { asContext, readOwn } from '../own-property.ts'
import type { SourceText } from '../source-text.ts'
import { WorkBudget } from '../work-budget.ts'
import { compileBinary, compileComparison } from './compile-binary.ts'
import { compileChain, readMember } from './compile-chain.ts'
import { type Evaluate, fail, failure } from './evaluate.ts'
import { operators } from './operators.ts'
import type { ProgramNode } from './syntax-tree.ts'

/** What a program comes to that failed at run time. It has no message: the language is silent about it. */
export const programFailed: unique symbol = Symbol('failed')

/** A program, ready to run. */
export interface CompiledProgram {
  /** The value on the context, or {@link programFailed}. Throws nothing but `expression/limit`. */
  readonly run: (context: unknown) => unknown
  /** Whether it can meet a limit at all. */
  readonly limited: boolean
}

/**
 * The program as one function that never throws for what it meets in the data, save `expression/limit`.
 *
 * @param now - milliseconds since 1970, for the functions of dates
 */
export function compileProgram(
  tree: ProgramNode | undefined,
  source: SourceText,
  now: () => number,
): CompiledProgram {
  if (tree === undefined) return { run: () => undefined, limited: false }
  const compilation: Compilation = { source, range: tree, now, budget: undefined, limited: false }
  const evaluate = compileNode(tree, compilation)
  const { budget, limited } = compilation
  const run = (context: unknown): unknown => {
    try {
      const root = asContext(context)
      return evaluate(root, root)
    } catch (error) {
      if (error instanceof ExpressionError) throw error
      return programFailed
    }
  }
  if (budget === undefined) return { run, limited }
  return {
    run: (context) => {
      budget.reset()
      return run(context)
    },
    limited,
  }
}

interface Compilation {
  readonly source: SourceText
  readonly range: { readonly start: number; readonly end: number }
  readonly now: () => number
  /** Made for the first filter. */
  budget: WorkBudget | undefined
  limited: boolean
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
    case 'name':
      return compileChain(node.relative, node.name, [])
    case 'member':
      return compileMember(node, compilation)
    case 'index':
      return compileIndex(compileNode(node.object, compilation), compileOptional(node.index, compilation))
    case 'filter':
      return compileFilter(node, compilation)
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
      return compileOperation(node, compilation)
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

function compileMember(node: Extract<ProgramNode, { kind: 'member' }>, compilation: Compilation): Evaluate {
  const members = [node.name]
  let object = node.object
  while (object.kind === 'member') {
    members.unshift(object.name)
    object = object.object
  }
  if (object.kind === 'name') return compileChain(object.relative, object.name, members)
  const read = compileNode(node.object, compilation)
  const { name } = node
  return (root, row) => readMember(read(root, row), name)
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

function compileFilter(node: Extract<ProgramNode, { kind: 'filter' }>, compilation: Compilation): Evaluate {
  const { source, range } = compilation
  compilation.budget ??= new WorkBudget(source.rangeOf(range.start, range.end))
  compilation.limited = true
  const { budget } = compilation
  const list = compileNode(node.list, compilation)
  const condition = compileNode(node.condition, compilation)
  return (root, row) => {
    const subject = list(root, row)
    if (subject === undefined) return []
    const rows: readonly unknown[] = Array.isArray(subject) ? subject : [subject]
    budget.spend(rows.length)
    const kept: unknown[] = []
    for (let index = 0; index < rows.length; index += 1) {
      const each = rows[index]
      // A row that is null, false, 0 or '' has nothing to read, and its dots read the root.
      if (condition(root, each || root)) kept.push(each)
    }
    return kept
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
  const [first, second] = args
  if (first === undefined) return () => apply(now)
  if (second === undefined) return (root, row) => apply(now, first(root, row))
  return (root, row) => {
    // Arguments that no function takes are evaluated all the same, since one that fails ends the program.
    const [one, two, three] = args.map((argument) => argument(root, row))
    return apply(now, one, two, three)
  }
}

function compileOperation(
  node: Extract<ProgramNode, { kind: 'binary' }>,
  compilation: Compilation,
): Evaluate {
  const left = compileNode(node.left, compilation)
  const { operator } = node
  const comparison =
    node.right.kind === 'literal' ? compileComparison(operator, left, node.right.value) : undefined
  if (comparison !== undefined) return comparison
  const right = compileNode(node.right, compilation)
  if (operator !== '+') return compileBinary(operator, left, right)
  const { source } = compilation
  compilation.limited = true
  const add = operators['+']
  return (root, row) => {
    const sum = add(left(root, row), right(root, row))
    if (typeof sum === 'string' && sum.length > expressionLimits.maxOutputLength) {
      throw limitError(
        `The expression makes a text of more than ${expressionLimits.maxOutputLength} characters.`,
        source.rangeOf(node.start, node.end),
      )
    }
    return sum
  }
}
