import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { ExpressionError } from '../../src/errors/index.ts'
import { type CompiledExpression, compileExpression, isValidExpression } from '../../src/expression/index.ts'
import { expressionContexts as contexts, expressionTexts as texts } from './expression-texts.ts'

function tryCompile(text: string, incrementalPath = false): CompiledExpression | undefined {
  try {
    return compileExpression(text, { incrementalPath })
  } catch (error) {
    if (error instanceof ExpressionError) return undefined
    throw error
  }
}

const runs = { numRuns: 3_000 }

describe('for any text', () => {
  test('compiling gives an expression or an ExpressionError with a range in the text', () => {
    fc.assert(
      fc.property(texts, (text) => {
        try {
          const { location } = compileExpression(text)
          expect(location.end.offset).toBe(text.length)
        } catch (error) {
          if (!(error instanceof ExpressionError) || error.range === undefined) throw error
          const { start, end } = error.range
          expect(start.offset).toBeGreaterThanOrEqual(0)
          expect(end.offset).toBeGreaterThanOrEqual(start.offset)
          expect(end.offset).toBeLessThanOrEqual(text.length)
          const lines = text.slice(0, start.offset).split('\n')
          expect(start).toMatchObject({ line: lines.length, column: (lines.at(-1) ?? '').length + 1 })
        }
      }),
      runs,
    )
  })

  test('reads, calls and holes have ranges in the text', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const compiled = tryCompile(text)
        const holes = compiled?.template?.filter((part) => part.kind === 'hole') ?? []
        for (const { range } of [...(compiled?.reads ?? []), ...(compiled?.calls ?? []), ...holes]) {
          expect(range.end.offset).toBeGreaterThan(range.start.offset)
          expect(range.end.offset).toBeLessThanOrEqual(text.length)
        }
      }),
      runs,
    )
  })

  test('evaluating gives a value or an ExpressionError, on any context', () => {
    fc.assert(
      fc.property(texts, contexts, fc.boolean(), (text, context, incrementalPath) => {
        const compiled = tryCompile(text, incrementalPath)
        try {
          compiled?.evaluate(context)
        } catch (error) {
          expect(error).toBeInstanceOf(ExpressionError)
          expect(compiled?.evaluateSafely(context)).toBeNull()
        }
      }),
      runs,
    )
  })

  test('evaluating twice gives the same', () => {
    fc.assert(
      fc.property(texts, contexts, (text, context) => {
        const compiled = tryCompile(text)
        expect(compiled?.evaluateSafely(context)).toEqual(compiled?.evaluateSafely(context))
      }),
      runs,
    )
  })

  test('a constant comes to the same on any context', () => {
    fc.assert(
      fc.property(texts, contexts, (text, context) => {
        const compiled = tryCompile(text)
        if (compiled?.constant === true) {
          expect(compiled.evaluateSafely(context)).toEqual(compiled.evaluateSafely({}))
        }
      }),
      runs,
    )
  })

  test('isValidExpression answers', () => {
    fc.assert(
      fc.property(texts, (text) => {
        expect(typeof isValidExpression(text)).toBe('boolean')
      }),
      runs,
    )
  })
})

describe('for any plain text', () => {
  const plain = fc.string().filter((text) => text.trim() !== '' && !/\$|^\s*\{\{/.test(text))

  test('the text is its own value', () => {
    fc.assert(
      fc.property(plain, contexts, (text, context) => {
        expect(compileExpression(text).evaluate(context)).toBe(text)
      }),
      runs,
    )
  })

  test('a value goes into a hole unchanged, whatever it holds', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (one, other) => {
        const text = compileExpression('<${a}|${b}>').evaluate({ a: one, b: other })
        expect(text).toBe(`<${one}|${other}>`)
      }),
      runs,
    )
  })

  test('a quoted key reads that key', () => {
    const keys = fc
      .string({ unit: fc.constantFrom(...'ab c.~-é/#%&()=!?') })
      .filter((key) => key !== '~' && key !== '..')
    fc.assert(
      fc.property(keys, (key) => {
        expect(compileExpression(`$['${key}']`).evaluate({ [key]: 'found' })).toBe('found')
        expect(compileExpression(`{{o["${key}"]}}`).evaluate({ o: { [key]: 'found' } })).toBe('found')
      }),
      runs,
    )
  })
})

test('arithmetic agrees with JavaScript', () => {
  fc.assert(
    fc.property(fc.nat(), fc.nat(), fc.nat(), (a, b, c) => {
      const value = compileExpression('{{a + b * c - (a - b) / c}}').evaluate({ a, b, c })
      expect(value).toBe(a + b * c - (a - b) / c)
    }),
  )
})
