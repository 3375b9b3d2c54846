import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { createRedactor } from '../../src/http/index.ts'

const secret = 'p/ä?"ss w+rd!\\~~~'

describe('createRedactor', () => {
  test.each([
    ['plain', secret],
    ['base64', Buffer.from(secret).toString('base64')],
    ['base64 without padding', Buffer.from(secret).toString('base64').replace(/=+$/, '')],
    ['base64url', Buffer.from(secret).toString('base64url')],
    ['URL-encoded', encodeURIComponent(secret)],
    ['URL-encoded in small letters', encodeURIComponent(secret).replace(/%../g, (e) => e.toLowerCase())],
    ['form-encoded', new URLSearchParams([['', secret]]).toString().slice(1)],
    ['inside JSON', JSON.stringify(secret).slice(1, -1)],
    ['inside JSON inside JSON', JSON.stringify(JSON.stringify(secret)).slice(3, -3)],
    ['inside JSON with escaped slashes', JSON.stringify(secret).slice(1, -1).replaceAll('/', '\\/')],
  ])('masks a value that turns up %s', (_form, shown) => {
    expect(createRedactor([secret])(`before ${shown} after ${shown}.`)).toBe('before *** after ***.')
  })

  test('masks a value that holds another one as a whole', () => {
    const redact = createRedactor(['abcdefgh', 'Token abcdefgh:ijklmnop'])
    expect(redact('[Token abcdefgh:ijklmnop] [abcdefgh]')).toBe('[***] [***]')
  })

  test('leaves values below the minimum length alone', () => {
    expect(createRedactor(['abc', 'defg'])('abc defg')).toBe('abc ***')
    expect(createRedactor(['abcdefg', 'hijklmno'], 8)('abcdefg hijklmno')).toBe('abcdefg ***')
  })

  test('gives a text without secrets back unchanged, and knows no secrets without values', () => {
    expect(createRedactor([secret])('nothing here')).toBe('nothing here')
    expect(createRedactor(['', ' '])('a b')).toBe('a b')
  })

  test('finds every value in any text, whatever characters either is made of', () => {
    // Short alphabets, so that texts nearly hold the value again and again.
    const letters = fc.string({
      unit: fc.constantFrom('a', '"', 'Q', '-', '0', 'é'),
      minLength: 4,
      maxLength: 9,
    })
    const text = fc.string({ unit: fc.constantFrom('a', '"', 'Q', '-', '0', 'é'), maxLength: 40 })
    fc.assert(
      fc.property(letters, text, text, (value, before, after) => {
        const shown = createRedactor([value])(`${before}${value}${after}`)
        expect(shown).not.toContain(value)
        expect(shown).toContain('***')
      }),
      { numRuns: 500 },
    )
  })

  test('takes a value with half a surrogate pair', () => {
    expect(createRedactor(['abc\ud800def'])('x abc\ud800def x')).toBe('x *** x')
  })
})
