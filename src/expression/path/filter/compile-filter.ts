import { createPattern, PatternLimit } from '../../../patterns/index.ts'
import { evaluationError, limitError } from '../../expression-failure.ts'
import { expressionLimits } from '../../limits.ts'
import { readOwn } from '../../own-property.ts'
import { add } from '../../program/operators.ts'
import type { SourceText } from '../../source-text.ts'
import type { WorkBudget } from '../../work-budget.ts'
import { childKeys } from '../child-keys.ts'
import { describeFrame, type Frame } from '../frame.ts'
import { filterMethod, matchingMethods } from './filter-methods.ts'
import type { FilterNode, FilterOperator, FilterPrefix } from './filter-tree.ts'

/** What a filter is asked about. */
export interface FilterScope {
  readonly row: unknown
  /** Key of the row; null for the root. */
  readonly property: string | number | null
  /** The list or object that the rows are taken from. */
  readonly frame: Frame
  readonly root: unknown
}

/** @throws {ExpressionError} `expression/evaluation` where JavaScript would throw; `expression/limit` */
export type EvaluateFilter = (scope: FilterScope) => unknown

export interface FilterCompilation {
  readonly source: SourceText
  readonly budget: WorkBudget
}

/** A condition as one function. A prototype is out of its reach: what a value does not own is undefined. */
export function compileFilter(node: FilterNode, compilation: FilterCompilation): EvaluateFilter {
  switch (node.kind) {
    case 'literal': {
      const { value } = node
      return () => value
    }
    case 'pattern': {
      const pattern = createPattern(node.source, node.flags)
      return () => {
        // Flags g and y keep a place in the pattern itself, which must not pass from one row to the next.
        pattern.lastIndex = 0
        return pattern
      }
    }
    case 'variable':
      return compileVariable(node)
    case 'name':
      return failing(
        node,
        `The name ${node.name} stands for nothing in a filter.`,
        compilation,
        nameHint(node.name),
      )
    case 'member':
      return compileMember(node, compilation)
    case 'any':
      return compileAny(node, compilation)
    case 'call':
      return compileCall(node, compilation)
    case 'prefix': {
      const read = compileFilter(node.operand, compilation)
      const apply = prefixes[node.operator]
      return (scope) => apply(read(scope))
    }
    case 'binary':
      return compileBinary(node, compilation)
    case 'conditional': {
      const test = compileFilter(node.test, compilation)
      const consequent = compileFilter(node.consequent, compilation)
      const alternate = compileFilter(node.alternate, compilation)
      return (scope) => (test(scope) ? consequent(scope) : alternate(scope))
    }
    case 'list': {
      const items = node.items.map((item) => compileFilter(item, compilation))
      return (scope) => items.map((item) => item(scope))
    }
  }
}

function nameHint(name: string): string {
  return name === '$'
    ? 'Write @root for the root.'
    : `Write @.${name} for a field of the row, or '${name}' for text.`
}

function failing(
  node: FilterNode,
  message: string,
  { source }: FilterCompilation,
  hint?: string,
): EvaluateFilter {
  return () => {
    throw evaluationError(message, source.rangeOf(node.start, node.end), hint)
  }
}

function compileVariable({ variable }: Extract<FilterNode, { kind: 'variable' }>): EvaluateFilter {
  switch (variable) {
    case 'row':
      return (scope) => scope.row
    case 'root':
      return (scope) => scope.root
    case 'property':
      return (scope) => scope.property
    case 'parent':
      return (scope) => scope.frame.container
    case 'parentProperty':
      return (scope) => scope.frame.key
    case 'path':
      return ({ row, property, frame }) =>
        describeFrame({ value: row, key: property, container: frame.value, up: frame })
  }
}

/** Names that lead to the machinery of JavaScript: a filter that asks for one fails, unless the data has it. */
const forbidden: ReadonlySet<string> = new Set([
  '__proto__',
  'constructor',
  '__defineGetter__',
  '__defineSetter__',
  '__lookupGetter__',
  '__lookupSetter__',
])

function compileKey(
  key: FilterNode | string,
  compilation: FilterCompilation,
): (scope: FilterScope) => string {
  if (typeof key === 'string') return () => key
  const read = compileFilter(key, compilation)
  return (scope) => String(read(scope))
}

function compileMember(
  node: Extract<FilterNode, { kind: 'member' }>,
  compilation: FilterCompilation,
): EvaluateFilter {
  const object = compileFilter(node.object, compilation)
  const key = compileKey(node.key, compilation)
  const range = () => compilation.source.rangeOf(node.start, node.end)
  return (scope) => {
    const value = object(scope)
    const name = key(scope)
    if (value === null || value === undefined) {
      throw evaluationError(
        `Cannot read ${name} of ${value}.`,
        range(),
        'Test first that the value around it is there: `@.a && @.a.b`.',
      )
    }
    if (forbidden.has(name) && !Object.hasOwn(value, name)) {
      throw evaluationError(`The name ${name} is not allowed.`, range())
    }
    return readOwn(value, name)
  }
}

function compileAny(
  node: Extract<FilterNode, { kind: 'any' }>,
  compilation: FilterCompilation,
): EvaluateFilter {
  const list = compileFilter(node.list, compilation)
  const condition = compileFilter(node.condition, compilation)
  return (scope) => {
    const value = list(scope)
    const keys = childKeys(value)
    compilation.budget.spend(keys.length)
    return keys.some((key) => condition({ ...scope, row: readOwn(value, key), property: key }))
  }
}

function compileCall(
  node: Extract<FilterNode, { kind: 'call' }>,
  compilation: FilterCompilation,
): EvaluateFilter {
  const { callee } = node
  if (callee.kind !== 'member')
    return failing(node, 'Filters have no functions, only methods of texts and lists.', compilation)
  const receiver = compileFilter(callee.object, compilation)
  const key = compileKey(callee.key, compilation)
  const args = node.args.map((argument) => compileFilter(argument, compilation))
  const range = () => compilation.source.rangeOf(node.start, node.end)
  return (scope) => {
    const value = receiver(scope)
    const name = key(scope)
    const method = filterMethod(value, name)
    if (method === undefined) throw evaluationError(`A filter cannot call ${name} on this value.`, range())
    const given = args.map((argument) => argument(scope))
    if (!matchingMethods.has(name)) return method(given)
    checkMatching(value, name, given, range)
    try {
      return method(given)
    } catch (error) {
      if (error instanceof PatternLimit) throw limitError(error.message, range())
      throw error
    }
  }
}

/** A pattern out of the data could be written to run for ever, and one on a long text may take long. */
function checkMatching(
  value: unknown,
  name: string,
  given: readonly unknown[],
  range: () => ReturnType<SourceText['rangeOf']>,
): void {
  const [first] = given
  if ((name === 'match' || name === 'search') && !(first instanceof RegExp)) {
    throw evaluationError(
      `${name} needs a pattern.`,
      range(),
      'Write it between slashes: `@.name.match(/^A/)`.',
    )
  }
  const text = String(value instanceof RegExp ? first : value)
  const usesPattern = value instanceof RegExp || first instanceof RegExp
  if (usesPattern && text.length > expressionLimits.maxMatchedTextLength) {
    throw limitError(
      `A pattern is applied to texts of at most ${expressionLimits.maxMatchedTextLength} characters.`,
      range(),
    )
  }
}

const prefixes: Readonly<Record<FilterPrefix, (value: unknown) => unknown>> = {
  '!': (value) => !value,
  '-': (value) => -Number(value),
  '+': (value) => Number(value),
  '~': (value) => ~Number(value),
  typeof: (value) => typeof value,
  void: () => undefined,
}

const binaries: Readonly<
  Record<Exclude<FilterOperator, '&&' | '||'>, (left: unknown, right: unknown) => unknown>
> = {
  '|': (left, right) => Number(left) | Number(right),
  '^': (left, right) => Number(left) ^ Number(right),
  '&': (left, right) => Number(left) & Number(right),
  // biome-ignore lint/suspicious/noDoubleEquals: filters compare as JavaScript does
  '==': (left, right) => left == right,
  // biome-ignore lint/suspicious/noDoubleEquals: filters compare as JavaScript does
  '!=': (left, right) => left != right,
  '===': (left, right) => left === right,
  '!==': (left, right) => left !== right,
  '<': (left, right) => (left as number) < (right as number),
  '>': (left, right) => (left as number) > (right as number),
  '<=': (left, right) => (left as number) <= (right as number),
  '>=': (left, right) => (left as number) >= (right as number),
  '<<': (left, right) => Number(left) << Number(right),
  '>>': (left, right) => Number(left) >> Number(right),
  '>>>': (left, right) => Number(left) >>> Number(right),
  '+': add,
  '-': (left, right) => Number(left) - Number(right),
  '*': (left, right) => Number(left) * Number(right),
  '/': (left, right) => Number(left) / Number(right),
  '%': (left, right) => Number(left) % Number(right),
}

function compileBinary(
  node: Extract<FilterNode, { kind: 'binary' }>,
  compilation: FilterCompilation,
): EvaluateFilter {
  const left = compileFilter(node.left, compilation)
  const right = compileFilter(node.right, compilation)
  if (node.operator === '&&') return (scope) => left(scope) && right(scope)
  if (node.operator === '||') return (scope) => left(scope) || right(scope)
  const apply = binaries[node.operator]
  return (scope) => {
    const result = apply(left(scope), right(scope))
    if (typeof result === 'string' && result.length > expressionLimits.maxOutputLength) {
      throw limitError(
        `The filter makes a text of more than ${expressionLimits.maxOutputLength} characters.`,
        compilation.source.rangeOf(node.start, node.end),
      )
    }
    return result
  }
}
