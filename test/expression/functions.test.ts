import { describe, expect, test } from '@jest/globals'
import { compileExpression, expressionFunctionNames } from '../../src/expression/index.ts'
import { testCases } from './expression-cases.ts'

const context = {
  a: 1,
  zero: 0,
  no: false,
  empty: '',
  nothing: null,
  nan: Number.NaN,
  s: 'text',
  list: [1, 2, 3],
  words: ['x', '', 'y'],
  none: [],
  object: { b: 1, a: { c: 2 } },
  numbered: { 2: 'two', x: 'ex', 1: 'one' },
  f: 1,
  when: new Date(0),
}

test('the functions are those of the reference', () => {
  expect(expressionFunctionNames).toEqual([
    'present',
    'missing',
    'keys',
    'values',
    'includes',
    'includesSome',
    'now',
    'nextAnniversary',
    'yearsElapsed',
    'hasPassed',
    'encodeBase64',
    'epochToIso',
  ])
})

describe('present and missing', () => {
  testCases(context, [
    ['{{present(a)}}', true],
    ['{{present(zero)}}', true],
    ['{{present(no)}}', true],
    ['{{present(empty)}}', true],
    ['{{present(none)}}', true],
    ['{{present(nan)}}', true],
    ['{{present(nothing)}}', false],
    ['{{present(nope)}}', false],
    ['{{present(nope.deeper)}}', false],
    ['{{present(nope["x"])}}', undefined],
    ['{{present()}}', false],
    ['{{present(nope, a)}}', false],
    ['{{present (a)}}', true],
    ['{{missing(nope)}}', true],
    ['{{missing(nothing)}}', true],
    ['{{missing(empty)}}', true],
    ['{{missing()}}', true],
    ['{{missing(zero)}}', false],
    ['{{missing(none)}}', false],
    ['{{missing(" ")}}', false],
    ['{{present(empty) && missing(empty)}}', true],
  ])
})

describe('keys and values', () => {
  testCases(context, [
    ['{{keys(object)}}', ['b', 'a']],
    ['{{keys(numbered)}}', ['1', '2', 'x']],
    ['{{keys(list)}}', []],
    ['{{keys(s)}}', []],
    ['{{keys(nothing)}}', []],
    ['{{keys(when)}}', []],
    ['{{keys()}}', []],
    ['{{keys(object)[0]}}', 'b'],
    ['{{"a" in keys(object)}}', true],
    ['{{values(object)}}', [1, { c: 2 }]],
    ['{{values(numbered)}}', ['one', 'two', 'ex']],
    ['{{values(list)}}', []],
    ['{{values(nope)}}', []],
    ['{{values(object)[1].c}}', 2],
  ])
})

describe('includes and includesSome', () => {
  testCases(context, [
    ['{{includes(list, 2)}}', true],
    ['{{includes(list, 9)}}', false],
    ['{{includes(list, "2")}}', false],
    ['{{includes(list, [1, 3])}}', true],
    ['{{includes(list, [1, 9])}}', false],
    ['{{includes(list, [])}}', true],
    ['{{includes(none, [])}}', false],
    ['{{includes([nan], nan)}}', true],
    ['{{includes([nan], [nan])}}', true],
    ['{{includes(words, empty)}}', false],
    ['{{includes([nothing], nothing)}}', false],
    ['{{includes([nothing], [nothing])}}', true],
    ['{{includes(s, "te")}}', false],
    ['{{includes(nope, 1)}}', false],
    ['{{includes(list)}}', false],
    ['{{includes()}}', false],
    ['{{includes([[1]], [1])}}', false],
    ['{{includes(list,,1)}}', true],
    ['{{includesSome(list, 2)}}', true],
    ['{{includesSome(list, [9, 1])}}', true],
    ['{{includesSome(list, [8, 9])}}', false],
    ['{{includesSome(list, [])}}', false],
    ['{{includesSome(none, 1)}}', false],
    ['{{includesSome(words, empty)}}', false],
    ['{{includesSome(list, "1")}}', false],
  ])
})

test('epochToIso writes milliseconds as a text in UTC, and leaves what is none', () => {
  const read = (text: string, value: unknown) => compileExpression(text).evaluate({ value })
  expect(read('{{epochToIso(value)}}', 1_407_460_071_043)).toBe('2014-08-08T01:07:51.043Z')
  expect(read('{{epochToIso(value)}}', null)).toBeNull()
  for (const odd of ['1', Number.NaN, 1e20, undefined, {}])
    expect(read('{{epochToIso(value)}}', odd)).toBeUndefined()
})

describe('encodeBase64', () => {
  testCases(context, [
    ['{{encodeBase64("id:secret")}}', 'aWQ6c2VjcmV0'],
    ['{{encodeBase64("é")}}', 'w6k='],
    ['{{encodeBase64("")}}', ''],
    ['{{encodeBase64(a)}}', 'MQ=='],
    ['{{encodeBase64(no)}}', 'ZmFsc2U='],
    ['{{encodeBase64(nope)}}', undefined],
    ['{{encodeBase64(nothing)}}', undefined],
    ['{{encodeBase64(list)}}', undefined],
    ['{{encodeBase64()}}', undefined],
    ['Basic ${encodeBase64(s + ":" + a)}', 'Basic dGV4dDox'],
    ['Basic ${encodeBase64(nope)}', 'Basic ${encodeBase64(nope)}'],
  ])
})

describe('calls', () => {
  testCases(context, [
    ['{{unknown()}}', undefined],
    ['{{Present(a)}}', undefined],
    ['{{f(1)}}', undefined],
    ['{{s.toUpperCase()}}', undefined],
    ['{{object.present(a)}}', true],
    ['{{Anything.at.all.missing(a)}}', false],
    ['{{words.includes("x")}}', false],
    ['{{decodeBase64("YQ==")}}', undefined],
    ['{{toISO8601(a)}}', undefined],
  ])

  test('a key named like a function is only a name', () => {
    expect(compileExpression('{{keys(keys)}}').evaluate({ keys: { k: 1 } })).toEqual(['k'])
  })
})
