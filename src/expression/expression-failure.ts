import { ExpressionError, type SourceRange } from '../errors/index.ts'
import type { SourceText } from './source-text.ts'

/** The error of a text that cannot be parsed; `start` and `end` count in `source`. */
export function syntaxError(
  source: SourceText,
  start: number,
  end: number,
  message: string,
  hint?: string,
): ExpressionError {
  return new ExpressionError('expression/syntax', { message, hint }, source.rangeOf(start, end))
}

/** The error of an expression that cannot be evaluated on the data it met. */
export function evaluationError(message: string, range: SourceRange, hint?: string): ExpressionError {
  return new ExpressionError('expression/evaluation', { message, hint }, range)
}

/** The error of an expression beyond a limit. */
export function limitError(message: string, range?: SourceRange): ExpressionError {
  return new ExpressionError('expression/limit', { message }, range)
}
