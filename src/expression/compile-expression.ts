import { ExpressionError } from '../errors/index.ts'
import type { CompiledExpression, CompileOptions } from './compiled-expression.ts'
import { limitError, syntaxError } from './expression-failure.ts'
import { expressionLimits } from './limits.ts'
import { compileIncrementalPathText, compilePathText } from './path/compile-path-text.ts'
import { compileProgram, programFailed } from './program/compile-program.ts'
import { describeProgram } from './program/describe-program.ts'
import { parseProgram } from './program/parse-program.ts'
import { SourceText } from './source-text.ts'
import { compileTemplate, type TemplatePart } from './template/compile-template.ts'

/**
 * Compiles the text of an expression, once for all evaluations.
 *
 * @throws {ExpressionError} `expression/syntax` with the range of the fault; `expression/limit`
 */
export function compileExpression(text: string, options: CompileOptions = {}): CompiledExpression {
  const source = SourceText.of(typeof text === 'string' ? text : '')
  const trimmed = source.trim()
  if (trimmed.text === '') {
    const message =
      typeof text === 'string' || text === undefined || text === null
        ? 'The expression is empty.'
        : 'An expression is a text.'
    throw syntaxError(source, 0, source.text.length, message)
  }
  return assemble(source, compileParts(source, trimmed, options))
}

/** Whether the text compiles and can be evaluated on an empty context. */
export function isValidExpression(text: string): boolean {
  try {
    compileExpression(text).evaluate({})
    return true
  } catch {
    return false
  }
}

interface Parts extends Pick<CompiledExpression, 'kind' | 'reads' | 'roots' | 'calls' | 'constant'> {
  readonly template?: readonly TemplatePart[]
  readonly evaluate: (context: unknown) => unknown
  /** False where `evaluate` cannot throw on any data. */
  readonly throws: boolean
}

/** A `${`, also one that only appears when every `$.` is gone. */
const holeMark = /\$(?:\$\.)*\{/

function compileParts(source: SourceText, trimmed: SourceText, options: CompileOptions): Parts {
  const now = options.now ?? Date.now
  const { text } = trimmed
  const isProgram = text.length > 4 && text.startsWith('{{') && text.endsWith('}}')
  if (!isProgram && !text.startsWith('$') && !holeMark.test(text)) return compileText(source.text)
  if (text.length > expressionLimits.maxTextLength) {
    throw limitError(
      `An expression may have ${expressionLimits.maxTextLength} characters.`,
      trimmed.rangeOf(0, text.length),
    )
  }
  const inside = (isProgram ? trimmed.slice(2, text.length - 2) : trimmed).withoutRootMarks().trim()
  const template = compileTemplate(inside, now, options.originalHoles)
  if (template !== undefined) {
    const { parts, ...rest } = template
    return { kind: 'template', template: parts, throws: true, ...rest }
  }
  if (isProgram) return compileProgramText(inside, now)
  if (text.startsWith('$')) {
    const compile = options.incrementalPath === true ? compileIncrementalPathText : compilePathText
    return { kind: 'path', calls: [], constant: false, ...compile(trimmed) }
  }
  return compileText(source.text)
}

function compileText(text: string): Parts {
  return {
    kind: 'text',
    reads: [],
    roots: [],
    calls: [],
    constant: true,
    throws: false,
    evaluate: () => text,
  }
}

function compileProgramText(inside: SourceText, now: () => number): Parts {
  const tree = parseProgram(inside)
  const { run, limited } = compileProgram(tree, inside, now)
  const evaluate = (context: unknown): unknown => {
    const value = run(context)
    return value === programFailed ? undefined : value
  }
  return { kind: 'program', ...describeProgram(tree, inside), throws: limited, evaluate }
}

function assemble(source: SourceText, { throws, ...parts }: Parts): CompiledExpression {
  const { evaluate } = parts
  return Object.freeze({
    source: source.text,
    location: source.rangeOf(0, source.text.length),
    paths: Object.freeze([...new Set(parts.reads.map((read) => read.path))]),
    ...parts,
    evaluateSafely: throws ? safely(evaluate) : evaluate,
  })
}

function safely(evaluate: (context: unknown) => unknown): (context: unknown) => unknown {
  return (context) => {
    try {
      return evaluate(context)
    } catch (error) {
      if (error instanceof ExpressionError) return null
      throw error
    }
  }
}
