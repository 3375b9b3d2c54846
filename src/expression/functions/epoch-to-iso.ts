import type { ExpressionFunction } from './expression-function.ts'

/** The last moment that a date can hold, in milliseconds. */
const lastMs = 8.64e15

/**
 * `epochToIso(milliseconds)`: a time counted from 1970 as an ISO 8601 text in UTC. Null stays null; undefined for whatever
 * is no such number.
 */
export const epochToIso: ExpressionFunction = {
  name: 'epochToIso',
  readsClock: false,
  apply: (_now, value) => {
    if (value === null) return null
    if (typeof value !== 'number' || !Number.isFinite(value) || Math.abs(value) > lastMs) return undefined
    return new Date(value).toISOString()
  },
}
