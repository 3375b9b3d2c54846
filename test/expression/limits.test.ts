import { describe, expect, test } from '@jest/globals'
import { compileExpression, expressionLimits } from '../../src/expression/index.ts'
import { faultOf } from './expression-cases.ts'

const {
  maxTextLength,
  maxNodes,
  maxDepth,
  maxHoles,
  maxPatternLength,
  maxMatchedTextLength,
  maxVisits,
  maxDataDepth,
  maxOutputLength,
} = expressionLimits

const limit = expect.objectContaining({ code: 'expression/limit' })

describe('the text', () => {
  test('may be long up to the limit', () => {
    const text = `{{"${'x'.repeat(maxTextLength - 6)}"}}`
    expect(compileExpression(text).evaluate({})).toHaveLength(maxTextLength - 6)
    expect(() => compileExpression(` ${text} `)).not.toThrow()
    expect(() => compileExpression(text.replace('x', 'xx'))).toThrow(limit)
  })

  test('has the limit for paths and templates too', () => {
    expect(() => compileExpression(`$.${'x'.repeat(maxTextLength)}`)).toThrow(limit)
    expect(() => compileExpression(`\${a}${'x'.repeat(maxTextLength)}`)).toThrow(limit)
  })

  test('has none where it is plain', () => {
    const text = 'x'.repeat(maxTextLength + 1)
    expect(compileExpression(text).evaluate({})).toBe(text)
  })
})

describe('the size of the tree', () => {
  test('a program may have many nodes up to the limit', () => {
    const sum = (terms: number) => `{{${Array.from({ length: terms }, () => '1').join(' + ')}}}`
    expect(compileExpression(sum(maxNodes / 2)).evaluate({})).toBe(maxNodes / 2)
    expect(() => compileExpression(sum(maxNodes / 2 + 1))).toThrow(limit)
  })

  test('a chain of choices is long, not deep', () => {
    const chain = Array.from({ length: 300 }, (_, index) => `x == ${index} ? ${index} :`).join(' ')
    expect(compileExpression(`{{${chain} "none"}}`).evaluate({ x: 299 })).toBe(299)
  })

  test('a path may have many steps up to the limit', () => {
    expect(compileExpression(`$${'.n'.repeat(maxNodes)}`).evaluate({})).toBeUndefined()
    expect(() => compileExpression(`$${'.n'.repeat(maxNodes + 1)}`)).toThrow(limit)
  })

  test('a filter may have many nodes up to the limit', () => {
    const filter = (terms: number) => `$.a[?(${Array.from({ length: terms }, () => '1').join('+')})]`
    expect(() => compileExpression(filter(maxNodes / 2))).not.toThrow()
    expect(() => compileExpression(filter(maxNodes / 2 + 1))).toThrow(limit)
  })

  test('a template may have many holes up to the limit', () => {
    expect(compileExpression('${a}'.repeat(maxHoles)).evaluate({ a: 1 })).toHaveLength(maxHoles)
    expect(() => compileExpression('${a}'.repeat(maxHoles + 1))).toThrow(limit)
  })
})

describe('the depth', () => {
  const nested = (open: string, inside: string, close: string, levels: number) =>
    `{{${open.repeat(levels)}${inside}${close.repeat(levels)}}}`

  test.each([
    ['(', 'a', ')'],
    ['[', 'a', ']'],
    ['f(', 'a', ')'],
    ['a[', '0', ']'],
    ['{k:', 'a', '}'],
    ['a ? ', 'b', ' : c'],
  ])('of %s…%s…%s is bounded', (open, inside, close) => {
    expect(() => compileExpression(nested(open, inside, close, maxDepth - 1))).not.toThrow()
    expect(() => compileExpression(nested(open, inside, close, maxDepth))).toThrow(limit)
  })

  test.each([
    ['(', '1', ')'],
    ['[', '1', ']'],
    ['!', '1', ''],
    ['1?', '1', ':1'],
  ])('of %s…%s…%s in a filter is bounded', (open, inside, close) => {
    const filter = (levels: number) => `$.a[?(${open.repeat(levels)}${inside}${close.repeat(levels)})]`
    expect(() => compileExpression(filter(maxDepth - 1))).not.toThrow()
    expect(() => compileExpression(filter(maxDepth))).toThrow(limit)
  })

  test('the error points at the place', () => {
    expect(faultOf(nested('(', 'a', ')', maxDepth))).toMatchObject({ at: 'a', column: maxDepth + 3 })
  })
})

describe('patterns', () => {
  test('are short', () => {
    expect(() => compileExpression(`$.a[?(@.match(/${'x'.repeat(maxPatternLength)}/))]`)).not.toThrow()
    expect(() => compileExpression(`$.a[?(@.match(/${'x'.repeat(maxPatternLength + 1)}/))]`)).toThrow(limit)
    expect(() => compileExpression(`$.a[?(@.match('${'x'.repeat(maxPatternLength + 1)}'))]`)).toThrow(limit)
  })

  test.each(['@.match(/x/)', '@.search(/x/) == 0', '@.split(/y/).length', '/x/.test(@ )'])(
    'are applied to short texts: %s',
    (condition) => {
      const { evaluate } = compileExpression(`$.a[?(${condition})]`)
      const text = 'x'.repeat(maxMatchedTextLength)
      expect(evaluate({ a: [text] })).toBe(text)
      expect(() => evaluate({ a: [`${text}x`] })).toThrow(limit)
    },
  )
})

describe('the work', () => {
  const many = Array.from({ length: 200 }, (_, id) => ({ id, v: Array.from({ length: 200 }, () => 1) }))

  test('of a path is bounded', () => {
    const thirtyTwo = `[${Array.from({ length: 32 }, () => '*').join(',')}]`
    expect(200 * 4 * 200 * 32).toBeGreaterThan(maxVisits)
    expect(() => compileExpression(`$.many[*,*,*,*].v${thirtyTwo}`).evaluate({ many })).toThrow(limit)
  })

  test('of nested filters is bounded', () => {
    expect(200 ** 3).toBeGreaterThan(maxVisits)
    const cubic = compileExpression('{{many[.id in many[.id in many[.id < 0]]]}}')
    expect(() => cubic.evaluate({ many })).toThrow(limit)
  })

  test('of an inner filter of a path is bounded', () => {
    const text = '$.many[?(@root.many[?(@root.many[?(@.id < 0)])])]'
    expect(() => compileExpression(text).evaluate({ many })).toThrow(limit)
  })

  test.each(['{{many[.v == 1]}}', '$.many[?(@ == 2)]'])(
    'is counted for each evaluation by itself: %s',
    (text) => {
      const { evaluate } = compileExpression(text)
      for (let round = 0; round < 5; round += 1)
        evaluate({ many: Array.from({ length: maxVisits / 4 }, () => 1) })
      expect(() => evaluate({ many: Array.from({ length: maxVisits + 1 }, () => 1) })).toThrow(limit)
    },
  )

  test('of .. ends at a depth, in a circle too', () => {
    const nest = (levels: number): unknown => {
      let value: unknown = { end: 1 }
      for (let level = 0; level < levels; level += 1) value = { v: value }
      return value
    }
    const { evaluate } = compileExpression('$..end')
    expect(evaluate(nest(maxDataDepth - 1))).toBe(1)
    expect(() => evaluate(nest(maxDataDepth + 1))).toThrow(limit)
    const circle: Record<string, unknown> = {}
    circle['self'] = circle
    expect(() => evaluate(circle)).toThrow(limit)
  })
})

describe('the output', () => {
  const long = 'x'.repeat(maxOutputLength / 2)

  test('of a template is bounded', () => {
    const { evaluate, evaluateSafely } = compileExpression('${a}${a}${b}')
    expect(evaluate({ a: long, b: '' })).toHaveLength(maxOutputLength)
    expect(() => evaluate({ a: long, b: '!' })).toThrow(limit)
    expect(evaluateSafely({ a: long, b: '!' })).toBeNull()
  })

  test('of a program is bounded, and not passed over in silence', () => {
    const { evaluate, evaluateSafely } = compileExpression('{{a + a + b}}')
    expect(evaluate({ a: long, b: '' })).toHaveLength(maxOutputLength)
    expect(() => evaluate({ a: long, b: '!' })).toThrow(limit)
    expect(evaluateSafely({ a: long, b: '!' })).toBeNull()
  })

  test('of a hole is bounded, and not left unfilled', () => {
    expect(() => compileExpression('x${a + a + b}').evaluate({ a: long, b: '!' })).toThrow(limit)
  })

  test('of a filter is bounded', () => {
    const { evaluate } = compileExpression('$.rows[?(@ + @ + "!")]')
    expect(() => evaluate({ rows: [long] })).toThrow(limit)
  })
})
