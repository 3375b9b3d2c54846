import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { compileProgram, UnsupportedPattern } from '../../src/patterns/compile-program.ts'
import { createPattern, PatternLimit, patternEngine } from '../../src/patterns/index.ts'
import { runProgram } from '../../src/patterns/run-program.ts'
import { parsePattern } from '../../src/patterns/syntax.ts'

/** The groups of the first match by our own search, whatever the platform's would cost. */
function searched(source: string, flags: string, text: string): (string | undefined)[] | null {
  const program = compileProgram(parsePattern(source, flags), flags)
  const found = runProgram(program, text, 0, flags.includes('y'))
  if (found === null) return null
  return Array.from({ length: program.groups }, (_, group) => {
    const [from = -1, to = -1] = found.slice(2 * group, 2 * group + 2)
    return from === -1 || to === -1 ? undefined : text.slice(from, to)
  })
}

const native = (source: string, flags: string, text: string) => {
  const found = new RegExp(source, flags).exec(text)
  return found === null ? null : [...found]
}

describe('a search of our own finds what the platform finds', () => {
  test.each([
    ['(a+)+$', '', 'baaa'],
    ['(a*)*', '', 'b'],
    ['(?:a?b??)*', '', 'ab'],
    ['(a?)*?b', '', 'aab'],
    ['(z)((a+)?(b+)?(c))*', '', 'zaacbbbcac'],
    ['(?:(a)|b)*', '', 'ab'],
    ['(a|ab)(c|bcd)(d*)', '', 'abcd'],
    ['(?=(a+))a*b\\1?', '', 'baaabac'],
    ['(?<=(\\d+)(\\d+))$', '', '1053'],
    ['(?<!b)a', '', 'baca'],
    ['(?<year>\\d{4})-(?<month>\\d\\d)', '', 'on 2026-03'],
    ['^\\s*x$', 'm', 'a\n  x\nb'],
    ['[\\w-]+@[\\w.]+', 'i', 'Mail to Ann@Example.com'],
    ['^[^\\p{L}]+\\p{Lu}', 'u', '12Ä'],
    ['^.$', 'u', '😀'],
    ['^.$', '', '😀'],
    ['.', '', '\u2028a'],
    ['.', 's', '\u2028a'],
    ['\\bk', 'iu', ' \u212a'],
    ['a{2,3}?a{0}b?', '', 'aaaab'],
    ['(?:){3}x', '', 'x'],
    ['(a{0,2}){2,3}$', '', 'aaaaa'],
    ['[^]', '', '\n'],
    ['[]', '', 'a'],
    ['a]{', '', 'a]{'],
    ['\\cJ\\x41\\u0042\\0', '', '\nAB\0'],
    ['(?:a|b)+c', 'y', 'xabc'],
  ])('/%s/%s in %j', (source, flags, text) => {
    if (source.includes('\\1')) expect(() => searched(source, flags, text)).toThrow(UnsupportedPattern)
    else expect(searched(source, flags, text)).toEqual(native(source, flags, text))
  })

  test('for any pattern and text', () => {
    const { pattern } = fc.letrec<{ pattern: string; one: string; many: string }>((tie) => ({
      one: fc.constantFrom('a', 'b', '.', '[ab]', '[^a]', '\\w', '^', '$', '\\b', '\\B'),
      many: fc
        .tuple(
          fc.constantFrom('(', '(?:', '(?=', '(?!', '(?<=', '(?<!'),
          tie('pattern'),
          fc.constantFrom('', '*', '+', '?', '*?', '+?', '??', '{2}', '{0,2}', '{1,}?'),
        )
        .map(([open, inner, repeat]) => `(?:${open}${inner}))${repeat}`),
      pattern: fc
        .array(
          fc.array(fc.oneof({ depthSize: 'small', withCrossShrink: true }, tie('one'), tie('many')), {
            maxLength: 3,
          }),
          { minLength: 1, maxLength: 2 },
        )
        .map((alternatives) => alternatives.map((parts) => parts.join('')).join('|')),
    }))
    const text = fc.string({ unit: fc.constantFrom('a', 'b', 'c', '\n', ' '), maxLength: 9 })
    const flags = fc.constantFrom('', 'i', 'm', 's', 'u', 'y')
    fc.assert(
      fc.property(pattern, flags, text, (source, given, subject) => {
        expect(searched(source, given, subject)).toEqual(native(source, given, subject))
      }),
      { numRuns: 3_000 },
    )
  })
})

describe('a pattern that would run for ever', () => {
  const long = 'a'.repeat(50_000)

  test.each([
    '(a+)+$',
    '^(?:a|a)*$',
    '^(a*)*$',
    '^(?:a?){30}a{30}$',
    '(?:a|aa)+$',
    '(.*a){12}$',
    '\\s*a\\s*\\S*b$',
  ])('%s comes to an end on 50,000 characters', (source) => {
    expect(createPattern(source).test(`${long}!`)).toBe(false)
  })

  test('finds what is there', () => {
    expect(createPattern('(a+)+$').test(long)).toBe(true)
    expect(createPattern('(a+)+!').exec(`${long}!`)?.[1]).toBe(long)
  })

  test('ends with an error where it cannot be searched step by step', () => {
    const pattern = createPattern('(?=(a+))\\1*b')
    expect(pattern.test('aaab')).toBe(true)
    expect(() => pattern.test(long)).toThrow(PatternLimit)
    expect(patternEngine('(?=(a+))\\1*b').test(long)).toBe(false)
    expect(() => createPattern('((a+)b{0,999}){0,999}$').test(long)).toThrow(PatternLimit)
  })

  test('takes part in everything that a pattern can do', () => {
    const words = `${'a'.repeat(3_000)} ${'b'.repeat(3_000)} `
    const expected = words.trim().split(' ')
    expect(words.match(createPattern('(?:[ab]+)+', 'g'))).toEqual(expected)
    expect(words.search(createPattern('(?:b+)+'))).toBe(3_001)
    expect(words.split(createPattern('(?: +)+'))).toEqual([...expected, ''])
    expect(words.replace(createPattern('((?:a+)+) ((?:b+)+)'), '$2,$1')).toBe(
      `${expected[1]},${expected[0]} `,
    )
  })
})
