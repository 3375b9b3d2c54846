import { describe, expect, test } from '@jest/globals'
import { compileExpression, isValidExpression } from '../../src/expression/index.ts'
import { faultOf } from './expression-cases.ts'

describe('the kind of an expression', () => {
  test.each([
    ['hello', 'text'],
    ['inputs.name', 'text'],
    ['price: 5$', 'text'],
    ['before {{name}}', 'text'],
    ['{{name}} behind', 'text'],
    ['{{}}', 'text'],
    ['{{', 'text'],
    ['/people/{id}', 'text'],
    ['query($id: ID!) { person(id: $id) { name } }', 'text'],
    ['$', 'path'],
    ['$.name', 'path'],
    ['  $.name  ', 'path'],
    ['$[0]', 'path'],
    ['{{name}}', 'program'],
    [' {{ name }} ', 'program'],
    ['{{ }}', 'program'],
    ['{{"a}}b"}}', 'program'],
    ['${name}', 'template'],
    ['/people/${id}', 'template'],
    ['{{ ${name} }}', 'template'],
    ['$.${name}', 'template'],
    ['$$.{name}', 'template'],
  ])('of %s is %s', (text, kind) => {
    expect(compileExpression(text).kind).toBe(kind)
  })

  test('plain text is returned with the blanks around it', () => {
    expect(compileExpression('  keep me ').evaluate({})).toBe('  keep me ')
  })

  test.each(['', ' ', '\n\t'])('an empty text (%j) is a syntax error', (text) => {
    expect(faultOf(text)).toMatchObject({ code: 'expression/syntax' })
  })

  test('what is no text at all is a syntax error', () => {
    expect(() => compileExpression(5 as unknown as string)).toThrow('An expression is a text.')
  })

  test.each([null, undefined, 7, 'text', [{ name: 'in a list' }]])(
    'the context %j counts as empty',
    (context) => {
      expect(compileExpression('$.name').evaluate(context)).toBeUndefined()
      expect(compileExpression('{{name}}').evaluate(context)).toBeUndefined()
      expect(compileExpression('${name}').evaluate(context)).toBe('${name}')
      expect(compileExpression('$').evaluate(context)).toEqual({})
    },
  )
})

describe('isValidExpression', () => {
  test.each(['text', '$.a', '{{a}}', '${a}', '{{unknown()}}', '$.a[?(@.b.c)]'])('accepts %s', (text) => {
    expect(isValidExpression(text)).toBe(true)
  })

  test.each(['', '$5.00', '$a', '{{a +}}', "${''}", "$['@a']"])('refuses %s', (text) => {
    expect(isValidExpression(text)).toBe(false)
  })
})
