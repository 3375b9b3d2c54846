import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { createRedactor } from '../../src/http/index.ts'

const secret = 'p/ä?"ss w+rd!\\~~~'

const ascii = (text: string) =>
  JSON.stringify(text).replace(
    /[^ -~]|[<>&']/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0').toUpperCase()}`,
  )
const encoders: Readonly<Record<string, (text: string) => string>> = {
  json: JSON.stringify,
  ascii,
  url: encodeURIComponent,
  form: (text) => new URLSearchParams([['a', text]]).toString(),
  html: (text) => text.replace(/[<>&"']|[^ -~]/gu, (char) => `&#x${char.codePointAt(0)?.toString(16)};`),
  latin: (text) => Buffer.from(text).toString('latin1'),
  csv: (text) => `"${text.replaceAll('"', '""')}"`,
}

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
    ['inside JSON of ASCII alone', JSON.stringify(secret).slice(1, -1).replace('ä', '\\u00e4')],
    ['inside JSON of ASCII alone, in capitals', JSON.stringify(secret).slice(1, -1).replace('ä', '\\u00E4')],
    ['in HTML', secret.replace('"', '&quot;')],
  ])('masks a value that turns up %s', (_form, shown) => {
    expect(createRedactor([secret])(`before ${shown} after ${shown}.`)).toBe('before *** after ***.')
  })

  test('masks a value that was encoded again and again, whatever each encoder escapes', () => {
    const value = 'Key"\\/é\n<&>\'+ \u{1f511}%end'
    const redact = createRedactor([value])
    for (const [outerName, outer] of Object.entries(encoders))
      for (const [name, inner] of Object.entries(encoders)) {
        const shown = redact(`before ${outer(inner(value))} after`)
        expect({ by: `${name} in ${outerName}`, shown }).toEqual({
          by: `${name} in ${outerName}`,
          shown: expect.not.stringMatching(/Key|end/),
        })
      }
  })

  test('masks any value by any three encoders, and leaves what stands around it', () => {
    const special = fc.string({
      unit: fc.constantFrom(...'"\'\\/%&<>+=;# é🔑\n'),
      minLength: 1,
      maxLength: 4,
    })
    const value = fc.tuple(special, special, special).map(([a, b, c]) => `${a}Wq7Z${b}kX9v${c}mJ4t`)
    const encoder = fc.constantFrom(...Object.values(encoders))
    fc.assert(
      fc.property(value, encoder, encoder, encoder, (secret, first, second, third) => {
        const shown = createRedactor([secret], 8)(`before ${third(second(first(secret)))} after`)
        expect(shown).toMatch(/^before .*\*\*\*.* after$/s)
        expect(shown).not.toMatch(/Wq7Z|kX9v|mJ4t/)
      }),
      { numRuns: 2000 },
    )
  })

  test('a text made to be hard to search is searched in no time', () => {
    const redact = createRedactor(['key\\\\\\\\"\\"&&&&%%%%end'])
    for (const hard of ['\\', '&amp;', '%25', '\\"', '&'])
      for (const start of ['key', `key${'\\'.repeat(40)}`, 'key\\\\\\\\"\\"']) {
        const text = `end ${`${start}${hard.repeat(3000)} `.repeat(20)}`
        expect(redact(text)).toBe(text)
      }
  })

  test('masks a value that holds another one as a whole', () => {
    const redact = createRedactor(['abcdefgh', 'Token abcdefgh:ijklmnop'])
    expect(redact('[Token abcdefgh:ijklmnop] [abcdefgh]')).toBe('[***] [***]')
  })

  test.each(['base64', 'base64url'] as const)('masks the %s of what a secret is a part of', (encoding) => {
    for (const key of ['key-0000', 'secret~~', 'ü>é?ö/ä', '\u{1f511}\u{1f511}\u{1f511}'])
      for (const before of ['', 'a', 'ab', 'abc', 'Basic user:'])
        for (const after of ['', 'z', ':abc', '\n'])
          for (const write of [String, encodeURIComponent, JSON.stringify]) {
            const echo = write(Buffer.from(before + key + after).toString(encoding))
            const shown = createRedactor([key], 8 - 2)(`{"echo": ${echo}, "next": 1}`)
            expect(shown).toMatch(
              /^\{"echo": "?(?:\w{0,3}(?:[/_-]|%2[BF]))?\*\*\*\w{0,2}(?:=|%3D){0,2}"?, "next": 1\}$/,
            )
          }
  })

  test('masks a key that is too short to be looked for, where it was encoded with a long one', () => {
    const redact = createRedactor(['secret-0000'])
    for (const pair of ['abc:secret-0000', 'secret-0000:abc', 'ab:secret-0000:cd'])
      expect(redact(`/x/${btoa(pair)}/y`)).toBe('/x/***/y')
  })

  test('leaves words that are no base64 of a secret, long as they are', () => {
    const text = `${'A'.repeat(10_000)} ${Buffer.from('another key, and a longer one').toString('base64')}`
    expect(createRedactor(['key-0000', 'secret-0000'])(text)).toBe(text)
  })

  test('leaves values below the minimum length alone', () => {
    expect(createRedactor(['abc', 'defg'])('abc defg')).toBe('abc ***')
    expect(createRedactor(['abcdefg', 'hijklmno'], 8)('abcdefg hijklmno')).toBe('abcdefg ***')
  })

  test('gives a text without secrets back unchanged, and knows no secrets without values', () => {
    expect(createRedactor([secret])('nothing here')).toBe('nothing here')
    expect(createRedactor(['', ' ', '      '])('a      b')).toBe('a      b')
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
