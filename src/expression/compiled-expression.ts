import type { SourceRange } from '../errors/index.ts'
import type { ExpressionCall, ExpressionRead } from './read.ts'
import type { TemplatePart } from './template/compile-template.ts'

/** An expression, parsed and ready to run: immutable, and free to be shared by all runs. */
export interface CompiledExpression {
  /** As the author wrote it. */
  readonly source: string
  /** Plain text, a `$` path, a `{{ }}` program, or a text with `${ }` holes. */
  readonly kind: 'text' | 'path' | 'program' | 'template'
  /** All of `source`. */
  readonly location: SourceRange
  /** What it reads, each once, in the order of the text: `inputs.page_size`, `items[*].id`. */
  readonly paths: readonly string[]
  /** The names of the context that it can read, dynamic reads included; undefined where it looks at all of them. */
  readonly roots: readonly string[] | undefined
  /** Every place where it reads. */
  readonly reads: readonly ExpressionRead[]
  /** Every call of a function, known or not. */
  readonly calls: readonly ExpressionCall[]
  /** Kind `template` only: what `evaluate` puts together. */
  readonly template?: readonly TemplatePart[]
  /** Whether it comes to the same on any context and at any time. */
  readonly constant: boolean
  /**
   * The value on `context`; undefined where nothing is found. A list, a scalar or null as context counts as `{}`.
   *
   * @throws {ExpressionError} `expression/evaluation` for data the expression cannot work on; `expression/limit`
   */
  evaluate(context: unknown): unknown
  /** The same, and null where `evaluate` throws. */
  evaluateSafely(context: unknown): unknown
}

export interface CompileOptions {
  /** Paths say where they leave the data, by throwing a {@link PathFailure}, instead of coming to undefined. */
  readonly incrementalPath?: boolean | undefined
  /**
   * Holes are filled as the original fills them: a `$$` or `$&` in a value is a replacement pattern, and a value that
   * reads like a later hole is filled by it.
   */
  readonly originalHoles?: boolean | undefined
  /** Milliseconds since 1970; the system's clock where it is left out. */
  readonly now?: (() => number) | undefined
}
