import { dateLibrary } from './date-library.ts'
import type { ExpressionFunction } from './expression-function.ts'
import { parseDate } from './parse-date.ts'

const dayMs = 24 * 60 * 60 * 1000

/** The time of the call as an ISO 8601 text in UTC. */
export const now: ExpressionFunction = {
  name: 'now',
  readsClock: true,
  apply: (clock) => new Date(clock()).toISOString(),
}

/**
 * `nextAnniversary(date, format?)`: the day and time of `date` in this year of UTC, or in the next one if that is
 * before today; February 29 moves to March 1. Null for what is no date.
 */
export const nextAnniversary: ExpressionFunction = {
  name: 'nextAnniversary',
  readsClock: true,
  apply: (clock, value, format) => {
    const time = clock()
    const date = parseDate(value, format, time)
    if (date === null) return null
    const today = new Date(time)
    const startOfToday = Date.UTC(today.getUTCFullYear(), today.getUTCMonth(), today.getUTCDate())
    const thisYear = inYear(date, today.getUTCFullYear())
    return thisYear.getTime() < startOfToday ? inYear(date, today.getUTCFullYear() + 1) : thisYear
  },
}

/** The local fields of `date` taken as UTC, in another year. */
function inYear(date: Date, year: number): Date {
  return new Date(
    Date.UTC(
      year,
      date.getMonth(),
      date.getDate(),
      date.getHours(),
      date.getMinutes(),
      date.getSeconds(),
      date.getMilliseconds(),
    ),
  )
}

/** `yearsElapsed(date, format?, end?)`: whole years up to `end`, else up to now; null where one is no date. */
export const yearsElapsed: ExpressionFunction = {
  name: 'yearsElapsed',
  readsClock: true,
  apply: (clock, value, format, end) => {
    const time = clock()
    const start = parseDate(value, format, time)
    const until = end === null || end === undefined ? new Date(time) : parseDate(end, format, time)
    return start === null || until === null ? null : dateLibrary().differenceInYears(until, start)
  },
}

/**
 * `hasPassed(date, format?, years?)`: whether `date` and the years on top of it are LATER than 24 hours ago. The
 * name says the opposite; connectors in use rely on what it does.
 */
export const hasPassed: ExpressionFunction = {
  name: 'hasPassed',
  readsClock: true,
  apply: (clock, value, format, years) => {
    const time = clock()
    const date = parseDate(value, format, time)
    if (date === null) return false
    const moved = dateLibrary().addYears(date, years === undefined ? 0 : Math.round(Number(years)))
    return dateLibrary().isValid(moved) && moved.getTime() > time - dayMs
  },
}
