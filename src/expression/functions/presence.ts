import type { ExpressionFunction } from './expression-function.ts'

/** Whether a value is there: everything but null and undefined, so `''`, 0, false and `[]` are. */
export const present: ExpressionFunction = {
  name: 'present',
  readsClock: false,
  apply: (_now, value) => value !== null && value !== undefined,
}

/** Whether a value is null, undefined or `''`; an empty text is both present and missing. */
export const missing: ExpressionFunction = {
  name: 'missing',
  readsClock: false,
  apply: (_now, value) => value === null || value === undefined || value === '',
}
