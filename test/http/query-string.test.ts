import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import {
  appendQuery,
  buildQueryString,
  encodeForm,
  encodeValue,
  type QueryParameter,
} from '../../src/http/index.ts'

const list = (format: QueryParameter['format']): QueryParameter => ({
  name: 'k',
  value: ['1', 'a b'],
  format,
})

describe('a query string', () => {
  test.each([
    ['repeat', 'k=1&k=a%20b'],
    ['brackets', 'k[]=1&k[]=a%20b'],
    ['comma', 'k=1,a%20b'],
    ['stringify', 'k=%5B%221%22%2C%22a%20b%22%5D'],
    ['indexed', 'k[0]=1&k[1]=a%20b'],
  ] as const)('writes a list in the format %s', (format, text) => {
    expect(buildQueryString([list(format)])).toBe(text)
  })

  test('keeps values raw where the definition asks for it', () => {
    expect(buildQueryString([{ name: 'q', value: 'a:b c', format: 'repeat' }], false)).toBe('q=a:b c')
  })

  test('gives back every text after decoding', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (value) => {
        fc.pre(value.isWellFormed())
        const query = buildQueryString([{ name: 'k', value, format: 'repeat' }])
        expect(new URLSearchParams(query).get('k')).toBe(value)
      }),
    )
  })

  test('goes behind a query that is there already', () => {
    expect(appendQuery('https://a.test/x?y=1', 'z=2')).toBe('https://a.test/x?y=1&z=2')
    expect(appendQuery('https://a.test/x', 'z=2')).toBe('https://a.test/x?z=2')
    expect(appendQuery('https://a.test/x', '')).toBe('https://a.test/x')
  })
})

test('a value of a path never holds a character that ends its segment', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (value) => {
      fc.pre(value.isWellFormed())
      expect(encodeValue(value)).toMatch(/^[A-Za-z0-9_.~%-]*$/)
      expect(decodeURIComponent(encodeValue(value))).toBe(value)
    }),
  )
})

test('a form body nests lists and objects, leaves out undefined and empties null', () => {
  expect(encodeForm({ a: [1, 2], c: { d: 'x y' }, n: null, u: undefined, f: false })).toBe(
    'a[]=1&a[]=2&c[d]=x%20y&n=&f=false',
  )
})
