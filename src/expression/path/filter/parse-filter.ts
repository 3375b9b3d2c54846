import type { ExpressionError } from '../../../errors/index.ts'
import { limitError, syntaxError } from '../../expression-failure.ts'
import { expressionLimits } from '../../limits.ts'
import type { SourceText } from '../../source-text.ts'
import type { FilterNode, FilterOperator, FilterPrefix, FilterVariable } from './filter-tree.ts'

/** How tightly each operator of a filter binds; equal ones go left to right. */
const precedences: Readonly<Record<FilterOperator, number>> = {
  '||': 1,
  '&&': 2,
  '|': 3,
  '^': 4,
  '&': 5,
  '==': 6,
  '!=': 6,
  '===': 6,
  '!==': 6,
  '<': 7,
  '>': 7,
  '<=': 7,
  '>=': 7,
  '<<': 8,
  '>>': 8,
  '>>>': 8,
  '+': 9,
  '-': 9,
  '*': 10,
  '/': 10,
  '%': 10,
}

const operator = /===|!==|>>>|==|!=|<=|>=|<<|>>|\|\||&&|[-+*/%<>|^&]/y
const number = /(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?/y
const name = /[\p{L}_$][\p{L}\p{N}_$]*/uy
const variable = /@(?:(parentProperty|parent|property|root|path)(?![\p{L}\p{N}_$])|(?=[.\s)[]))/uy
const pattern = /\/((?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\[\n])+)\/([a-z]*)/y
const blank = /\s+/y

const words: ReadonlyMap<string, boolean | null | undefined> = new Map([
  ['true', true],
  ['false', false],
  ['null', null],
  ['undefined', undefined],
])

const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f', v: '\v' }

/**
 * The condition of a filter, from behind its opening parenthesis; undefined for an empty one.
 *
 * @returns the tree, and the index of the closing parenthesis
 * @throws {ExpressionError} `expression/syntax`, or `expression/limit`
 */
export function parseFilter(
  source: SourceText,
  start: number,
): { node: FilterNode | undefined; end: number } {
  return new FilterParser(source, start).parse()
}

class FilterParser {
  readonly #source: SourceText
  #index: number
  #nodes = 0
  #depth = 0

  constructor(source: SourceText, start: number) {
    this.#source = source
    this.#index = start
  }

  parse(): { node: FilterNode | undefined; end: number } {
    const node = this.#startsWith(')') ? undefined : this.#expression()
    if (!this.#startsWith(')')) throw this.#unexpected()
    return { node, end: this.#index }
  }

  #expression(): FilterNode {
    this.#enter()
    const test = this.#binary(1)
    if (!this.#accept('?')) {
      this.#depth -= 1
      return test
    }
    const consequent = this.#expression()
    if (!this.#accept(':')) throw this.#unexpected()
    const alternate = this.#expression()
    this.#depth -= 1
    return this.#node({
      kind: 'conditional',
      test,
      consequent,
      alternate,
      start: test.start,
      end: alternate.end,
    })
  }

  #binary(minimum: number): FilterNode {
    let left = this.#prefixed()
    for (;;) {
      this.#skipBlanks()
      const found = this.#match(operator) as FilterOperator | undefined
      if (found === undefined || precedences[found] < minimum) return left
      this.#index += found.length
      const right = this.#binary(precedences[found] + 1)
      left = this.#node({ kind: 'binary', operator: found, left, right, start: left.start, end: right.end })
    }
  }

  #prefixed(): FilterNode {
    this.#skipBlanks()
    const start = this.#index
    const found = /(?:typeof|void)(?![\p{L}\p{N}_$])|[-!+~]/uy
    const prefix = this.#match(found) as FilterPrefix | undefined
    if (prefix === undefined) return this.#postfix()
    this.#enter()
    this.#index += prefix.length
    const operand = this.#prefixed()
    this.#depth -= 1
    return this.#node({ kind: 'prefix', operator: prefix, operand, start, end: operand.end })
  }

  #postfix(): FilterNode {
    let node = this.#primary()
    const { start } = node
    for (;;) {
      this.#skipBlanks()
      if (this.#accept('.')) {
        this.#skipBlanks()
        const key = this.#match(name)
        if (key === undefined) throw this.#unexpected()
        this.#index += key.length
        node = this.#node({ kind: 'member', object: node, key, start, end: this.#index })
      } else if (this.#accept('[?(')) {
        const condition = this.#expression()
        if (!this.#accept(')') || !this.#accept(']')) throw this.#unexpected()
        node = this.#node({ kind: 'any', list: node, condition, start, end: this.#index })
      } else if (this.#accept('[')) {
        const key = this.#expression()
        if (!this.#accept(']')) throw this.#unexpected()
        node = this.#node({ kind: 'member', object: node, key, start, end: this.#index })
      } else if (this.#accept('(')) {
        const args = this.#items(')')
        if (node.kind === 'member' && (node.key === 'match' || node.key === 'search'))
          this.#takeTextAsPattern(args)
        node = this.#node({ kind: 'call', callee: node, args, start, end: this.#index })
      } else return node
    }
  }

  #primary(): FilterNode {
    this.#skipBlanks()
    const start = this.#index
    const { text } = this.#source
    const first = text[start]
    if (first === '(') {
      this.#index += 1
      const node = this.#expression()
      if (!this.#accept(')')) throw this.#unexpected()
      return node
    }
    if (first === '[') {
      this.#index += 1
      const items = this.#items(']')
      return this.#node({ kind: 'list', items, start, end: this.#index })
    }
    if (first === '"' || first === "'") return this.#quoted(first)
    if (first === '/') return this.#pattern()
    if (first === '@') return this.#variable()
    const digits = this.#match(number)
    if (digits !== undefined) {
      this.#index += digits.length
      return this.#node({ kind: 'literal', value: Number(digits), start, end: this.#index })
    }
    const found = this.#match(name)
    if (found === undefined) throw this.#unexpected()
    this.#index += found.length
    const end = this.#index
    return words.has(found)
      ? this.#node({ kind: 'literal', value: words.get(found), start, end })
      : this.#node({ kind: 'name', name: found, start, end })
  }

  #variable(): FilterNode {
    const start = this.#index
    variable.lastIndex = start
    const found = variable.exec(this.#source.text)
    if (found === null) {
      throw syntaxError(
        this.#source,
        start,
        start + 1,
        'An @ needs a dot, a bracket or a space behind it.',
        "Write `@.name`, or `@ == 'x'`.",
      )
    }
    this.#index += found[0].length
    const named = (found[1] ?? 'row') as FilterVariable
    return this.#node({ kind: 'variable', variable: named, start, end: this.#index })
  }

  #quoted(quote: string): FilterNode {
    const { text } = this.#source
    const start = this.#index
    let value = ''
    for (let index = start + 1; index < text.length; index += 1) {
      const character = text[index] as string
      if (character === quote) {
        this.#index = index + 1
        return this.#node({ kind: 'literal', value, start, end: index + 1 })
      }
      if (character === '\\') {
        index += 1
        const escaped = text[index] ?? ''
        value += escapes[escaped] ?? escaped
      } else value += character
    }
    throw syntaxError(
      this.#source,
      start,
      start + 1,
      'The quoted text is never closed.',
      `Close it with ${quote}.`,
    )
  }

  #pattern(): FilterNode {
    const start = this.#index
    pattern.lastIndex = start
    const found = pattern.exec(this.#source.text)
    if (found === null) throw this.#unexpected()
    const [whole, body = '', flags = ''] = found
    this.#index += whole.length
    return this.#node(this.#checkedPattern({ kind: 'pattern', source: body, flags, start, end: this.#index }))
  }

  #checkedPattern(node: Extract<FilterNode, { kind: 'pattern' }>): FilterNode {
    const { start, end } = node
    if (node.source.length > expressionLimits.maxPatternLength) {
      throw limitError(
        `A pattern may have ${expressionLimits.maxPatternLength} characters.`,
        this.#source.rangeOf(start, end),
      )
    }
    try {
      new RegExp(node.source, node.flags)
    } catch {
      throw syntaxError(this.#source, start, end, 'The pattern is not a valid regular expression.')
    }
    return node
  }

  /** `match('a+')` means `match(/a+/)`: checked and bounded here, as a pattern from the data would not be. */
  #takeTextAsPattern(args: FilterNode[]): void {
    const [first] = args
    if (first?.kind !== 'literal' || typeof first.value !== 'string') return
    const { value, start, end } = first
    args[0] = this.#checkedPattern({ kind: 'pattern', source: value, flags: '', start, end })
  }

  #items(close: string): FilterNode[] {
    const items: FilterNode[] = []
    if (this.#accept(close)) return items
    do items.push(this.#expression())
    while (this.#accept(','))
    if (!this.#accept(close)) throw this.#unexpected()
    return items
  }

  #enter(): void {
    this.#depth += 1
    if (this.#depth > expressionLimits.maxDepth) {
      throw limitError(
        `The filter nests deeper than ${expressionLimits.maxDepth} levels.`,
        this.#source.rangeOf(this.#index, this.#index + 1),
      )
    }
  }

  #node(node: FilterNode): FilterNode {
    this.#nodes += 1
    if (this.#nodes > expressionLimits.maxNodes) {
      throw limitError(
        `The filter has more than ${expressionLimits.maxNodes} parts.`,
        this.#source.rangeOf(node.start, node.end),
      )
    }
    return node
  }

  #skipBlanks(): void {
    this.#index += this.#match(blank)?.length ?? 0
  }

  #match(expected: RegExp): string | undefined {
    expected.lastIndex = this.#index
    return expected.exec(this.#source.text)?.[0]
  }

  #startsWith(expected: string): boolean {
    this.#skipBlanks()
    return this.#source.text.startsWith(expected, this.#index)
  }

  #accept(expected: string): boolean {
    const found = this.#startsWith(expected)
    if (found) this.#index += expected.length
    return found
  }

  #unexpected(): ExpressionError {
    const { text } = this.#source
    const found = text.slice(this.#index, this.#index + 1)
    if (found === '') return syntaxError(this.#source, this.#index, this.#index, 'The filter ends too early.')
    const hint = found === '=' ? 'Compare with ==; nothing can be assigned.' : undefined
    return syntaxError(
      this.#source,
      this.#index,
      this.#index + 1,
      `${found} is not expected in this filter.`,
      hint,
    )
  }
}
