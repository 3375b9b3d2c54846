import type { ExpressionError } from '../../errors/index.ts'
import { limitError, syntaxError } from '../expression-failure.ts'
import { expressionLimits } from '../limits.ts'
import type { SourceText } from '../source-text.ts'
import { readTokens } from './read-tokens.ts'
import type { ObjectEntry, ProgramNode } from './syntax-tree.ts'
import { type Mark, precedences, type Token } from './token.ts'

/**
 * The syntax tree of a program; undefined for an empty one.
 *
 * @throws {ExpressionError} `expression/syntax` with the exact place, or `expression/limit`
 */
export function parseProgram(source: SourceText): ProgramNode | undefined {
  return new ProgramParser(source).parse()
}

/** What is known of one expression between its delimiters while it is parsed. */
interface Level {
  /** Whether anything was read. */
  started: boolean
  /** Whether a `.name` stands directly in it, which makes brackets a filter. */
  relative: boolean
  /** Whether the end of the text may close a parenthesis that opens it. */
  readonly mayEndOpen: boolean
}

/** What a value may be followed by depends on how it ended. */
type Ending = 'name' | 'value' | 'call' | 'transform'

class ProgramParser {
  readonly #source: SourceText
  readonly #tokens: readonly Token[]
  #next = 0
  #nodes = 0
  #depth = 0
  #ending: Ending = 'value'

  constructor(source: SourceText) {
    this.#source = source
    this.#tokens = readTokens(source)
  }

  parse(): ProgramNode | undefined {
    const { node } = this.#expression(true)
    if (this.#peek().kind !== 'end') throw this.#unexpected()
    return node
  }

  #expression(mayEndOpen: boolean, nests = true): { node: ProgramNode | undefined; relative: boolean } {
    if (nests) this.#depth += 1
    if (this.#depth > expressionLimits.maxDepth) {
      const { start, end } = this.#peek()
      throw limitError(
        `The expression nests deeper than ${expressionLimits.maxDepth} levels.`,
        this.#source.rangeOf(start, end),
      )
    }
    const level: Level = { started: false, relative: false, mayEndOpen }
    const { start } = this.#peek()
    let node = this.#atStop() ? undefined : this.#binary(0, level)
    if (this.#isMark('?')) node = this.#conditional(node, start, level)
    if (nests) this.#depth -= 1
    return { node, relative: level.relative }
  }

  #conditional(test: ProgramNode | undefined, start: number, level: Level): ProgramNode {
    if (!level.started) throw this.#unexpected()
    if (this.#ending === 'call' || this.#ending === 'transform') {
      throw this.#unexpected(
        'A call cannot stand right before a question mark.',
        'Put the condition in parentheses: `(present(x)) ? a : b`.',
      )
    }
    this.#take()
    const consequent = this.#expression(false).node
    this.#expect(':')
    // A chain of else-branches is long, not deep.
    const alternate = this.#expression(level.mayEndOpen, false).node
    return this.#node({ kind: 'conditional', test, consequent, alternate, start, end: this.#endOfLast() })
  }

  #binary(minimum: number, level: Level): ProgramNode | undefined {
    const { start } = this.#peek()
    let left = this.#unary(level)
    for (;;) {
      const token = this.#peek()
      if (token.kind !== 'operator' || precedences[token.operator] < minimum) return left
      if (left === undefined) throw this.#unexpected()
      this.#take()
      const right = this.#binary(precedences[token.operator] + 1, level)
      if (right === undefined) throw this.#unexpected()
      left = this.#node({ kind: 'binary', operator: token.operator, left, right, start, end: right.end })
    }
  }

  #unary(level: Level): ProgramNode | undefined {
    const starts: number[] = []
    while (this.#isMark('!')) {
      level.started = true
      starts.push(this.#take().start)
    }
    let node = this.#postfix(level)
    for (const start of starts.reverse()) {
      if (node === undefined) throw this.#unexpected()
      node = this.#node({ kind: 'not', operand: node, start, end: node.end })
    }
    return node
  }

  #postfix(level: Level): ProgramNode | undefined {
    const first = !level.started
    const { start } = this.#peek()
    let node = this.#primary(level)
    if (node === undefined) {
      if (!first || this.#isMark('|')) throw this.#unexpected('Something is missing between the parentheses.')
      if (!this.#isMark('.')) return undefined
      node = this.#relativeName(level)
    }
    for (;;) {
      const token = this.#peek()
      if (token.kind !== 'mark') return node
      if (token.mark === '.') {
        this.#take()
        const name = this.#name()
        node = this.#node({ kind: 'member', object: node, name, start, end: this.#endOfLast() })
        this.#ending = 'name'
      } else if (token.mark === '[' && this.#ending !== 'value') {
        node = this.#bracket(node, start)
      } else if (token.mark === '(' && this.#ending === 'name') {
        const name = node.kind === 'name' || node.kind === 'member' ? node.name : undefined
        node = this.#node({ kind: 'call', name, args: this.#arguments(), start, end: this.#endOfLast() })
      } else if (token.mark === '(' && node.kind === 'transform' && this.#ending === 'transform') {
        const args = [...node.args, ...this.#arguments()]
        node = this.#node({ kind: 'transform', name: node.name, args, start, end: this.#endOfLast() })
      } else if (token.mark === '|') {
        this.#take()
        const name = this.#name()
        node = this.#node({ kind: 'transform', name, args: [node], start, end: this.#endOfLast() })
        this.#ending = 'transform'
      } else return node
    }
  }

  #primary(level: Level): ProgramNode | undefined {
    const first = !level.started
    level.started = true
    const token = this.#peek()
    const { start } = token
    this.#ending = 'value'
    if (token.kind === 'literal') {
      this.#take()
      return this.#node({ kind: 'literal', value: token.value, start, end: token.end })
    }
    if (token.kind === 'name') {
      this.#take()
      this.#ending = 'name'
      return this.#node({ kind: 'name', name: token.name, relative: false, start, end: token.end })
    }
    if (this.#isMark('.')) return this.#relativeName(level)
    if (this.#isMark('(')) return this.#group(first && level.mayEndOpen)
    if (this.#isMark('[')) {
      const items = this.#items('[', ']')
      return this.#node({ kind: 'list', items, start, end: this.#endOfLast() })
    }
    if (this.#isMark('{')) return this.#object()
    throw this.#unexpected()
  }

  #relativeName(level: Level): ProgramNode {
    const { start } = this.#take()
    level.relative = true
    this.#ending = 'name'
    return this.#node({ kind: 'name', name: this.#name(), relative: true, start, end: this.#endOfLast() })
  }

  #group(mayEndOpen: boolean): ProgramNode | undefined {
    this.#take()
    const { node } = this.#expression(mayEndOpen)
    if (!(mayEndOpen && this.#peek().kind === 'end')) this.#expect(')')
    this.#ending = 'value'
    return node
  }

  #bracket(object: ProgramNode, start: number): ProgramNode {
    this.#take()
    const { node: inner, relative } = this.#expression(false)
    this.#expect(']')
    this.#ending = 'name'
    const end = this.#endOfLast()
    return relative && inner !== undefined
      ? this.#node({ kind: 'filter', list: object, condition: inner, start, end })
      : this.#node({ kind: 'index', object, index: inner, start, end })
  }

  #arguments(): ProgramNode[] {
    const args = this.#items('(', ')')
    this.#ending = 'call'
    return args
  }

  /** Between `open` and `close`, separated by commas; empty places are passed over. */
  #items(open: Mark, close: Mark): ProgramNode[] {
    const items: ProgramNode[] = []
    this.#expect(open)
    for (;;) {
      const { node } = this.#expression(false)
      if (node !== undefined) items.push(node)
      if (!this.#isMark(',')) break
      this.#take()
    }
    this.#expect(close)
    this.#ending = 'value'
    return items
  }

  #object(): ProgramNode {
    const { start } = this.#take()
    const entries: ObjectEntry[] = []
    while (!this.#isMark('}')) {
      const key = this.#objectKey()
      this.#expect(':')
      entries.push({ key, value: this.#expression(false).node })
      if (!this.#isMark(',')) break
      this.#take()
    }
    this.#expect('}')
    this.#ending = 'value'
    return this.#node({ kind: 'object', entries, start, end: this.#endOfLast() })
  }

  #objectKey(): string {
    const token = this.#peek()
    if (token.kind !== 'literal' || !token.quoted) return this.#name()
    if (token.value === '__proto__') throw this.#unexpected('The key __proto__ is not allowed.')
    this.#take()
    return String(token.value)
  }

  #name(): string {
    const token = this.#peek()
    if (token.kind !== 'name') throw this.#unexpected()
    this.#take()
    return token.name
  }

  #node(node: ProgramNode): ProgramNode {
    this.#nodes += 1
    if (this.#nodes > expressionLimits.maxNodes) {
      throw limitError(
        `The expression has more than ${expressionLimits.maxNodes} parts.`,
        this.#source.rangeOf(node.start, node.end),
      )
    }
    return node
  }

  #peek(): Token {
    return this.#tokens[this.#next] as Token
  }

  #take(): Token {
    const token = this.#peek()
    this.#next += 1
    return token
  }

  #endOfLast(): number {
    return this.#tokens[this.#next - 1]?.end ?? 0
  }

  #isMark(mark: Mark): boolean {
    const token = this.#peek()
    return token.kind === 'mark' && token.mark === mark
  }

  #expect(mark: Mark): void {
    if (!this.#isMark(mark)) throw this.#unexpected()
    this.#take()
  }

  /** Whether the next token can only end an expression. */
  #atStop(): boolean {
    const token = this.#peek()
    return token.kind === 'end' || (token.kind === 'mark' && ')]},:'.includes(token.mark))
  }

  #unexpected(message?: string, hint?: string): ExpressionError {
    const { kind, start, end } = this.#peek()
    const found = this.#source.text.slice(start, end)
    const told =
      message ?? (kind === 'end' ? 'The expression ends too early.' : `${found} is not expected here.`)
    return syntaxError(this.#source, start, end, told, hint)
  }
}
