import { expect, test } from '@jest/globals'
import { ExpressionError } from '../../src/errors/index.ts'
import { type CompileOptions, compileExpression } from '../../src/expression/index.ts'

/** The result of an expression that throws, in a table of cases. */
export const throws = Symbol('throws')

/** One test a row: the expression, and what it comes to on the context. */
export function testCases(
  context: unknown,
  rows: readonly (readonly [expression: string, expected: unknown])[],
  options: CompileOptions = {},
): void {
  test.each(rows.map(([expression, expected]) => ({ expression, expected })))(
    '$expression',
    ({ expression, expected }) => {
      const compiled = compileExpression(expression, options)
      if (expected === throws) {
        expect(() => compiled.evaluate(context)).toThrow(ExpressionError)
        expect(compiled.evaluateSafely(context)).toBeNull()
      } else {
        expect(compiled.evaluate(context)).toStrictEqual(expected)
        expect(compiled.evaluateSafely(context)).toStrictEqual(expected)
      }
    },
  )
}

/** What is wrong with an expression: the code, and the text that the range points at. */
export function faultOf(expression: string, options: CompileOptions = {}): object {
  try {
    compileExpression(expression, options)
  } catch (error) {
    if (!(error instanceof ExpressionError) || error.range === undefined) throw error
    const { start, end } = error.range
    return { code: error.code, at: expression.slice(start.offset, end.offset), column: start.column }
  }
  throw new Error('The expression compiles.')
}
