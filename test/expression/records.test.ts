import { describe, expect, test } from '@jest/globals'
import { compileRecord } from '../../src/expression/index.ts'

describe('a compiled record', () => {
  const record = compileRecord({
    id: '$.inputs.id',
    name: '{{inputs.first + " " + inputs.last}}',
    url: '/people/${inputs.id}',
    tags: ['$.inputs.tags[*]', 'fixed', 7, null, true],
    deep: { er: { value: '$.inputs.nope' } },
    '${key}': 'keys stay',
  })
  const context = { inputs: { id: 5, first: 'Ann', last: 'Lee', tags: ['a', 'b'] } }

  test('is built with every text evaluated, at any depth', () => {
    expect(record.evaluate(context)).toStrictEqual({
      id: 5,
      name: 'Ann Lee',
      url: '/people/5',
      tags: [['a', 'b'], 'fixed', 7, null, true],
      deep: { er: { value: undefined } },
      '${key}': 'keys stay',
    })
  })

  test('is built anew each time', () => {
    const first = record.evaluate(context)
    const second = record.evaluate({ inputs: { id: 6 } })
    expect(first).toHaveProperty('id', 5)
    expect(second).toHaveProperty('id', 6)
    expect(record.evaluate(context)).not.toBe(first)
  })

  test('tells what it reads, each once', () => {
    expect(record.paths).toEqual([
      'inputs.id',
      'inputs.first',
      'inputs.last',
      'inputs.tags[*]',
      'inputs.nope',
    ])
  })

  test('tells where its expressions stand', () => {
    expect(record.expressions.map(({ pointer, expression }) => [pointer.join('/'), expression.kind])).toEqual(
      [
        ['id', 'path'],
        ['name', 'program'],
        ['url', 'template'],
        ['tags/0', 'path'],
        ['tags/1', 'text'],
        ['deep/er/value', 'path'],
        ['${key}', 'text'],
      ],
    )
  })
})

test('a text that does not compile is a problem, and comes to null', () => {
  const record = compileRecord({ a: ['{{bad +}}'], b: '$5', c: '$.x' })
  expect(record.evaluate({ x: 1 })).toEqual({ a: [null], b: null, c: 1 })
  expect(
    record.problems.map(({ pointer, error }) => [pointer, error.code, error.range?.start.column]),
  ).toEqual([
    [['a', '0'], 'expression/syntax', 8],
    [['b'], 'expression/syntax', 1],
  ])
})

test('a text that fails comes to null', () => {
  expect(compileRecord({ a: '${x}' }).evaluate({ x: '' })).toEqual({ a: null })
})

test('a blank text comes to null and is no problem', () => {
  const record = compileRecord({ a: '', b: '  ' })
  expect(record.evaluate({})).toEqual({ a: null, b: null })
  expect(record.problems).toEqual([])
})

test('parts that no context changes are made once, and cannot be changed', () => {
  const record = compileRecord({ fixed: { list: ['text', '{{[1, 2]}}', 3] }, id: '$.id' })
  const first = record.evaluate({ id: 1 }) as { fixed: { list: unknown[] } }
  const second = record.evaluate({ id: 2 }) as { fixed: { list: unknown[] } }
  expect(first).toEqual({ fixed: { list: ['text', [1, 2], 3] }, id: 1 })
  expect(second.fixed).toBe(first.fixed)
  expect(Object.isFrozen(first.fixed)).toBe(true)
  expect(Object.isFrozen(first.fixed.list)).toBe(true)
  expect(Object.isFrozen(first.fixed.list[1])).toBe(true)
})

test('what the clock decides is not fixed', () => {
  let time = 0
  const record = compileRecord({ at: '{{now()}}' }, { now: () => time })
  expect(record.evaluate({})).toEqual({ at: '1970-01-01T00:00:00.000Z' })
  time = 1000
  expect(record.evaluate({})).toEqual({ at: '1970-01-01T00:00:01.000Z' })
})

test('a scalar, a list and a single text can be the whole record', () => {
  expect(compileRecord(5).evaluate({})).toBe(5)
  expect(compileRecord(undefined).evaluate({})).toBeUndefined()
  expect(compileRecord(['$.a']).evaluate({ a: 1 })).toEqual([1])
  expect(compileRecord('$.a').evaluate({ a: 1 })).toBe(1)
})

test('dates and other objects with a class pass unchanged', () => {
  const when = new Date(0)
  expect(compileRecord({ when, id: '$.id' }).evaluate({ id: 1 })).toEqual({ when, id: 1 })
})

test('a key named __proto__ stays a key', () => {
  const source = JSON.parse('{"__proto__": {"polluted": "$.a"}}') as unknown
  const built = compileRecord(source).evaluate({ a: 1 }) as object
  expect(Object.keys(built)).toEqual(['__proto__'])
  expect(Object.getPrototypeOf(built)).toBe(Object.prototype)
})
