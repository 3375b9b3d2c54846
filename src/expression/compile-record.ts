import { ExpressionError } from '../errors/index.ts'
import { compileExpression } from './compile-expression.ts'
import type { CompiledExpression, CompileOptions } from './compiled-expression.ts'

/** A value of any shape whose texts are expressions, ready to be built on a context. */
export interface CompiledRecord {
  /** What its expressions read, each once, in order. */
  readonly paths: readonly string[]
  /** The names of the context that it can read; undefined where it looks at all of them. */
  readonly roots: readonly string[] | undefined
  /** Every text that is an expression, with its place; plain text included. */
  readonly expressions: readonly {
    readonly pointer: readonly string[]
    readonly expression: CompiledExpression
  }[]
  /** Every text that cannot be compiled, with its place; it evaluates to null. */
  readonly problems: readonly { readonly pointer: readonly string[]; readonly error: ExpressionError }[]
  /**
   * The value with each text replaced by what it comes to: null where it fails, undefined where nothing is found.
   * Keys and other scalars stay as they are. Parts that no context can change are shared between evaluations and
   * frozen.
   */
  evaluate(context: unknown): unknown
}

/**
 * Compiles every text at any depth of `value`, once. Blank texts come to null and are no problem.
 *
 * @param compileOne - for who keeps compiled texts: definitions repeat many of theirs
 */
export function compileRecord(
  value: unknown,
  options: CompileOptions = {},
  compileOne: (text: string) => CompiledExpression = (text) => compileExpression(text, options),
): CompiledRecord {
  const expressions: { pointer: string[]; expression: CompiledExpression }[] = []
  const problems: { pointer: string[]; error: ExpressionError }[] = []

  const compileText = (text: string, pointer: string[]): Builder => {
    if (text.trim() === '') return constant(null)
    try {
      const expression = compileOne(text)
      expressions.push({ pointer, expression })
      if (expression.kind === 'text') return constant(text)
      if (expression.constant) return constant(deepFreeze(expression.evaluateSafely({})))
      return { folded: false, build: expression.evaluateSafely }
    } catch (error) {
      if (!(error instanceof ExpressionError)) throw error
      problems.push({ pointer, error })
      return constant(null)
    }
  }

  const compile = (part: unknown, pointer: string[]): Builder => {
    if (typeof part === 'string') return compileText(part, pointer)
    if (Array.isArray(part)) {
      const items = part.map((item: unknown, index) => compile(item, [...pointer, String(index)]))
      return fold(items, (context) => items.map((item) => item.build(context)))
    }
    if (!isPlainObject(part)) return constant(part)
    const fields = Object.entries(part).map(([key, inner]) => ({ key, ...compile(inner, [...pointer, key]) }))
    return fold(fields, buildObject(fields))
  }

  const { build } = compile(value, [])
  const paths = [...new Set(expressions.flatMap(({ expression }) => expression.paths))]
  const roots = expressions.map(({ expression }) => expression.roots)
  return {
    paths,
    roots: roots.every((names) => names !== undefined) ? [...new Set(roots.flat())] : undefined,
    expressions,
    problems,
    evaluate: build,
  }
}

/** A record of these fields, made anew at each call. */
function buildObject(
  fields: readonly { readonly key: string; readonly build: (context: unknown) => unknown }[],
): (context: unknown) => Record<string, unknown> {
  const keys = fields.map(({ key }) => key)
  const builds = fields.map(({ build }) => build)
  const empty = Object.fromEntries(keys.map((key) => [key, undefined]))
  return (context) => {
    // A copy has its keys at once; adding them one by one costs more than reading the values.
    const record: Record<string, unknown> = { ...empty }
    for (let index = 0; index < keys.length; index += 1)
      record[keys[index] as string] = (builds[index] as (context: unknown) => unknown)(context)
    return record
  }
}

interface Builder {
  /** Whether the value is known already. */
  readonly folded: boolean
  readonly build: (context: unknown) => unknown
}

function constant(value: unknown): Builder {
  return { folded: true, build: () => value }
}

function fold(parts: readonly Builder[], build: (context: unknown) => unknown): Builder {
  return parts.every((part) => part.folded) ? constant(Object.freeze(build({}))) : { folded: false, build }
}

function deepFreeze(value: unknown): unknown {
  if (typeof value === 'object' && value !== null) {
    for (const inner of Object.values(value)) deepFreeze(inner)
    Object.freeze(value)
  }
  return value
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}
