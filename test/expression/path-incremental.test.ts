import { describe, expect, test } from '@jest/globals'
import { compileExpression, PathFailure } from '../../src/expression/index.ts'
import { testCases } from './expression-cases.ts'

const data = {
  user: { name: 'Ann', 'sp ace': 1, none: null, no: false, tags: ['x', 'y'] },
  rows: [{ id: 1 }, { id: 2 }],
  empty: [],
}

describe('what is there is found', () => {
  testCases(
    data,
    [
      ['$', data],
      ['$.user.name', 'Ann'],
      ["$.user['name']", 'Ann'],
      ['$.user["name"]', 'Ann'],
      ['$.user[name]', 'Ann'],
      ['$user.name', 'Ann'],
      ['$.user.sp ace', 1],
      ['$.user.none', null],
      ['$.user.no', false],
      ['$.user.tags[1]', 'y'],
      ['$.user.tags.1', 'y'],
      ['$.user.tags[01]', 'y'],
      ['$.rows[*].id', [1, 2]],
      ['$..id', [1, 2]],
      ['$.rows[?(@.id==2)].id', 2],
      ['$.rows[1:].id', 2],
    ],
    { incrementalPath: true },
  )
})

describe('the place where a path leaves the data is told', () => {
  test.each([
    [
      '$.user.nope',
      {
        reason: 'key-not-found',
        key: 'nope',
        at: '$.user',
        available: ['name', 'sp ace', 'none', 'no', 'tags'],
      },
    ],
    [
      '$.nope.deeper',
      { reason: 'key-not-found', key: 'nope', at: '$', available: ['user', 'rows', 'empty'] },
    ],
    ['$.user.name.x', { reason: 'parent-not-an-object', key: 'x', at: '$.user.name' }],
    ['$.user.none.x', { reason: 'parent-not-an-object', key: 'x', at: '$.user.none' }],
    ['$.user.tags[5]', { reason: 'invalid-array-index', key: '5', at: '$.user.tags', available: ['0', '1'] }],
    [
      '$.user.tags[-1]',
      { reason: 'invalid-array-index', key: '-1', at: '$.user.tags', available: ['0', '1'] },
    ],
    ['$.user.tags.first', { reason: 'invalid-array-index', at: '$.user.tags', available: [] }],
    ['$.user[name,no]', { reason: 'key-not-found', key: 'name,no', at: '$.user' }],
    ['$.user.constructor', { reason: 'key-not-found', key: 'constructor', at: '$.user' }],
    ['$.empty[*]', { reason: 'empty-result' }],
    ['$..nope', { reason: 'empty-result' }],
    ['$.rows[?(@.id==9)]', { reason: 'empty-result' }],
  ])('%s', (text, failure) => {
    const { evaluate } = compileExpression(text, { incrementalPath: true })
    let thrown: unknown
    try {
      evaluate(data)
    } catch (error) {
      thrown = error
    }
    expect(thrown).toBeInstanceOf(PathFailure)
    expect(thrown).toMatchObject({ code: 'expression/evaluation', failure })
  })

  test('the message names the key and what is there instead', () => {
    const { evaluate } = compileExpression('$.user.nam', { incrementalPath: true })
    expect(() => evaluate(data)).toThrow('$.user has no nam; it has name, sp ace, none, no, tags.')
    expect(() => evaluate({ user: {} })).toThrow('$.user has no nam; it has no keys at all.')
  })

  test('the range is that of the key', () => {
    const { evaluate } = compileExpression('$.user.nam', { incrementalPath: true })
    expect(() => evaluate(data)).toThrow(
      expect.objectContaining({
        range: expect.objectContaining({ start: { line: 1, column: 8, offset: 7 } }),
      }),
    )
  })

  test('programs and plain text are as ever', () => {
    expect(compileExpression('{{user.nope}}', { incrementalPath: true }).evaluate(data)).toBeUndefined()
    expect(compileExpression('text', { incrementalPath: true }).evaluate(data)).toBe('text')
  })
})
