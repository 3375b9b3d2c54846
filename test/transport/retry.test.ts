import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { nextDelay } from '../../src/transport/index.ts'

const attempts = fc.integer({ min: 1, max: 2000 })
const random = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true })

describe('nextDelay', () => {
  test('spreads over a window that doubles from 250 ms to 8 s', () => {
    const almostOne = 1 - Number.EPSILON
    expect([1, 2, 3, 4, 5, 6, 7, 2000].map((attempt) => nextDelay(attempt, almostOne))).toEqual([
      249, 499, 999, 1999, 3999, 7999, 7999, 7999,
    ])
    expect([1, 2, 3].map((attempt) => nextDelay(attempt, 0.5))).toEqual([125, 250, 500])
    expect(nextDelay(7, 0)).toBe(0)
  })

  test('stays within its window, in whole milliseconds', () => {
    fc.assert(
      fc.property(attempts, random, (attempt, chance) => {
        const delayMs = nextDelay(attempt, chance)
        return Number.isInteger(delayMs) && delayMs >= 0 && delayMs < Math.min(8000, 250 * 2 ** (attempt - 1))
      }),
    )
  })

  test('is never shorter than what the provider asked for, nor longer without need', () => {
    fc.assert(
      fc.property(attempts, random, fc.nat(30_000), (attempt, chance, retryAfterMs) => {
        const delayMs = nextDelay(attempt, chance, retryAfterMs)
        return delayMs === Math.max(retryAfterMs, nextDelay(attempt, chance))
      }),
    )
  })

  test.each([0, -1, Number.NaN])('refuses attempt %p', (attempt) => {
    expect(() => nextDelay(attempt, 0)).toThrow(RangeError)
  })
})
