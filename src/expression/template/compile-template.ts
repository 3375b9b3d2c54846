import type { ExpressionError, SourceRange } from '../../errors/index.ts'
import { evaluationError, limitError } from '../expression-failure.ts'
import { expressionLimits } from '../limits.ts'
import type { ProgramDescription } from '../program/describe-program.ts'
import type { SourceText } from '../source-text.ts'
import { compileHole, mergeRoots } from './compile-hole.ts'
import { parseTemplate } from './parse-template.ts'

/** A part of a template, in order. */
export type TemplatePart =
  | { readonly kind: 'text'; readonly value: string }
  | {
      readonly kind: 'hole'
      /** What stands between the braces, blanks at the ends left out. */
      readonly source: string
      /** The hole with its braces. */
      readonly range: SourceRange
      readonly paths: readonly string[]
      /**
       * The value for the hole, not yet a text; undefined where it cannot be filled.
       *
       * @throws {ExpressionError} `expression/limit`
       */
      readonly evaluate: (context: unknown) => unknown
      /** Why the hole is no program: it works as a path alone, or never. */
      readonly problem?: ExpressionError
    }

export interface CompiledTemplate extends ProgramDescription {
  readonly parts: readonly TemplatePart[]
  /** @throws {ExpressionError} `expression/evaluation` where every hole comes to nothing; `expression/limit` */
  readonly evaluate: (context: unknown) => string
}

/**
 * A text with holes; undefined where it has none. Each hole is filled once and by itself: what a value holds is
 * never looked at again, unless `originalHoles` asks for it.
 *
 * @param source - without `$.` and without blanks at its ends
 */
export function compileTemplate(
  source: SourceText,
  now: () => number,
  originalHoles = false,
): CompiledTemplate | undefined {
  const pieces = parseTemplate(source)
  if (pieces === undefined) return undefined
  const parts: TemplatePart[] = []
  const fills: ((context: unknown) => string)[] = []
  const replaced: Replacement[] = []
  const reads: ProgramDescription['reads'][number][] = []
  const calls: ProgramDescription['calls'][number][] = []
  let roots: ProgramDescription['roots'] = []
  let constant = true
  for (const piece of pieces) {
    if (piece.kind === 'text') {
      parts.push(piece)
      fills.push(() => piece.value)
      continue
    }
    const { evaluate, problem, ...description } = compileHole(piece.inside, now)
    reads.push(...description.reads)
    calls.push(...description.calls)
    roots = mergeRoots(roots, description.roots)
    constant &&= description.constant
    const unfilled = piece.whole.text
    parts.push({
      kind: 'hole',
      source: piece.inside.text.trim(),
      range: piece.whole.rangeOf(0, unfilled.length),
      paths: [...new Set(description.reads.map((read) => read.path))],
      evaluate,
      ...(problem === undefined ? {} : { problem }),
    })
    const fill = (context: unknown): string => asText(evaluate(context)) ?? unfilled
    fills.push(fill)
    replaced.push({ unfilled, fill })
  }
  const range = source.rangeOf(0, source.text.length)
  const checkLength = (text: string): string => {
    if (text.length <= expressionLimits.maxOutputLength) return text
    throw limitError(`The text grows beyond ${expressionLimits.maxOutputLength} characters.`, range)
  }
  const join = (context: unknown): string => {
    let text = ''
    for (let index = 0; index < fills.length; index += 1)
      text = checkLength(text + (fills[index] as (context: unknown) => string)(context))
    return text
  }
  const replace = (context: unknown): string => {
    let { text } = source
    for (const { unfilled, fill } of replaced) text = checkLength(text.replace(unfilled, fill(context)))
    return text.trim()
  }
  const put = originalHoles ? replace : join
  const evaluate = (context: unknown): string => {
    const text = put(context)
    if (text === '') {
      throw evaluationError(
        'Every hole came to an empty text, and nothing stands around them.',
        range,
        'Write {{ }} for a value that may be empty.',
      )
    }
    return text
  }
  return { parts, reads, roots, calls, constant, evaluate }
}

/** A hole as text, and what replaces its first occurrence. */
interface Replacement {
  readonly unfilled: string
  readonly fill: (context: unknown) => string
}

/** A value as it is written into a text; undefined for what is none or cannot be made one. */
function asText(value: unknown): string | undefined {
  if (typeof value === 'string' || value === undefined) return value
  try {
    return String(value)
  } catch {
    return undefined
  }
}
