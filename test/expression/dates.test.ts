import { describe, expect, test } from '@jest/globals'
import { compileExpression } from '../../src/expression/index.ts'
import { runInTimeZone } from './vectors/in-time-zone.ts'

/** A Friday, half past nine in the evening in UTC: another day already east of it. */
const now = '2030-05-10T21:30:00.000Z'
const birth = { $type: 'date', iso: '2000-06-01T05:06:07.000Z' }

function inZone(timeZone: string, rows: readonly (readonly [string, unknown])[]): void {
  const outcomes = runInTimeZone(
    timeZone,
    now,
    rows.map(([expression]) => ({ expression, context: { birth, nothing: null, day: '2030-05-09' } })),
  )
  test.each(
    rows.map(([expression, expected], index) => ({ expression, expected, outcome: outcomes[index] })),
  )('$expression', ({ expected, outcome }) => {
    expect(outcome?.evaluate).toEqual(expected === undefined ? { undefined: true } : { value: expected })
  })
}

const date = (iso: string) => ({ $type: 'date', iso })

describe('in UTC', () => {
  inZone('UTC', [
    ['{{now()}}', now],
    ["{{'at ' + now()}}", `at ${now}`],
    ["{{nextAnniversary('2001-12-24')}}", date('2030-12-24T00:00:00.000Z')],
    ["{{nextAnniversary('24.12.2001', 'dd.MM.yyyy')}}", date('2030-12-24T00:00:00.000Z')],
    ["{{nextAnniversary('2001-05-10')}}", date('2030-05-10T00:00:00.000Z')],
    ["{{nextAnniversary('2001-05-09')}}", date('2031-05-09T00:00:00.000Z')],
    ["{{nextAnniversary('2000-02-29')}}", date('2031-03-01T00:00:00.000Z')],
    ["{{nextAnniversary('24.12.2001 08:15', 'dd.MM.yyyy HH:mm')}}", date('2030-12-24T08:15:00.000Z')],
    ['{{nextAnniversary(birth)}}', date('2030-06-01T05:06:07.000Z')],
    ["{{nextAnniversary('24/12/2001')}}", date('2030-12-24T00:00:00.000Z')],
    ["{{nextAnniversary('2001/12/24')}}", date('2030-12-24T00:00:00.000Z')],
    ["{{nextAnniversary('12-24-2001')}}", date('2030-12-24T00:00:00.000Z')],
    ["{{nextAnniversary('2001-12-24T08:00:00Z')}}", date('2030-12-24T08:00:00.000Z')],
    ["{{nextAnniversary('soon')}}", null],
    ["{{nextAnniversary('')}}", null],
    ['{{nextAnniversary(20011224)}}', null],
    ['{{nextAnniversary(nothing)}}', null],
    ['{{nextAnniversary()}}', null],
    ["{{nextAnniversary('2001-12-24', 5)}}", null],
    ["{{nextAnniversary('2001-12-24', 'yyyyj')}}", null],
    ["{{yearsElapsed('2020-05-10')}}", 10],
    ["{{yearsElapsed('2020-05-11')}}", 9],
    ["{{yearsElapsed('2040-05-11')}}", -10],
    ["{{yearsElapsed('10.05.2020', 'dd.MM.yyyy', '10.05.2025')}}", 5],
    ["{{yearsElapsed('2020-01-01', 'yyyy-MM-dd', nothing)}}", 10],
    ["{{yearsElapsed('2020-01-01', 'yyyy-MM-dd', '')}}", null],
    ["{{yearsElapsed('2020-01-01', 'yyyy-MM-dd', 'later')}}", null],
    ["{{yearsElapsed('soon')}}", null],
    ['{{yearsElapsed(birth)}}', 29],
    ["{{hasPassed('2030-05-11')}}", true],
    ['{{hasPassed(day)}}', false],
    ["{{hasPassed('2030-05-09T21:30:01Z')}}", true],
    ["{{hasPassed('2030-05-09T21:30:00Z')}}", false],
    ["{{hasPassed('2020-06-01', 'yyyy-MM-dd', 10)}}", true],
    ["{{hasPassed('2020-06-01', 'yyyy-MM-dd', '9.5')}}", true],
    ["{{hasPassed('2020-06-01', 'yyyy-MM-dd', 9.4)}}", false],
    ["{{hasPassed('2020-06-01', 'yyyy-MM-dd', 'x')}}", false],
    ["{{hasPassed('soon')}}", false],
    ['{{hasPassed()}}', false],
    ['on ${birth}', 'on Thu Jun 01 2000 05:06:07 GMT+0000 (Coordinated Universal Time)'],
  ])
})

describe('in New York', () => {
  inZone('America/New_York', [
    ["{{nextAnniversary('2001-12-24')}}", date('2030-12-24T00:00:00.000Z')],
    ["{{nextAnniversary('2001-12-24T23:30:00Z')}}", date('2030-12-24T18:30:00.000Z')],
    ["{{nextAnniversary('24/12/2001')}}", date('2030-12-23T19:00:00.000Z')],
    ["{{hasPassed('2030-05-09', 'yyyy-MM-dd')}}", false],
  ])
})

describe('in Tokyo', () => {
  inZone('Asia/Tokyo', [
    ["{{nextAnniversary('2001-12-24')}}", date('2030-12-24T00:00:00.000Z')],
    ["{{nextAnniversary('2001/12/24')}}", date('2030-12-23T09:00:00.000Z')],
    ["{{yearsElapsed('2020-05-11')}}", 10],
  ])
})

test('the clock is asked anew for each evaluation', () => {
  let time = 0
  const { evaluate } = compileExpression('{{now()}}', { now: () => time })
  expect(evaluate({})).toBe('1970-01-01T00:00:00.000Z')
  time = 1000
  expect(evaluate({})).toBe('1970-01-01T00:00:01.000Z')
})

test('without a clock the time is that of the system', () => {
  const before = Date.now()
  const told = Date.parse(String(compileExpression('{{now()}}').evaluate({})))
  expect(told).toBeGreaterThanOrEqual(before)
  expect(told).toBeLessThanOrEqual(Date.now())
})
