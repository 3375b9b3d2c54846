import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { parseRetryAfter } from '../../src/transport/index.ts'

const now = Date.UTC(1994, 10, 6, 8, 49, 0)
const parse = (text: string) => parseRetryAfter({ 'retry-after': text }, now)

describe('parseRetryAfter', () => {
  test.each([
    ['120', 120_000],
    ['0', 0],
    [' 7 ', 7_000],
    ['Sun, 06 Nov 1994 08:49:37 GMT', 37_000],
    ['Sunday, 06-Nov-94 08:49:37 GMT', 37_000],
    ['Sun Nov  6 08:49:37 1994', 37_000],
    ['Sun, 06 Nov 1994 08:48:00 GMT', 0],
    ['9'.repeat(400), Number.MAX_SAFE_INTEGER],
  ])('understands %j', (text, milliseconds) => {
    expect(parse(text)).toBe(milliseconds)
  })

  test.each([
    '',
    'soon',
    '1.5',
    '-1',
    '+1',
    '1e3',
    '0x10',
    '2030-01-01T00:00:00Z',
    'Sun, 99 Nov 1994 08:49:37 GMT',
  ])('ignores %j', (text) => {
    expect(parse(text)).toBeUndefined()
  })

  test('gives nothing without the header', () => {
    expect(parseRetryAfter({}, now)).toBeUndefined()
  })

  test('counts any number of whole seconds', () => {
    fc.assert(fc.property(fc.nat(), (seconds) => parse(`${seconds}`) === seconds * 1000))
  })

  test('finds the way from any moment to any date', () => {
    const moment = fc.date({ min: new Date(0), max: new Date('2100-01-01'), noInvalidDate: true })
    fc.assert(
      fc.property(moment, moment, (from, to) => {
        to.setUTCMilliseconds(0)
        const headers = { 'retry-after': to.toUTCString() }
        return parseRetryAfter(headers, from.getTime()) === Math.max(0, to.getTime() - from.getTime())
      }),
    )
  })

  test('never gives anything but a wait or nothing', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const wait = parse(text)
        return wait === undefined || (wait >= 0 && Number.isFinite(wait))
      }),
    )
  })
})
