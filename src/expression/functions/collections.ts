import type { ExpressionFunction } from './expression-function.ts'

/** The keys of an object; nothing for anything else. */
export const keys: ExpressionFunction = {
  name: 'keys',
  readsClock: false,
  apply: (_now, value) => (isObject(value) ? Object.keys(value) : []),
}

/** The values of an object; nothing for anything else. */
export const values: ExpressionFunction = {
  name: 'values',
  readsClock: false,
  apply: (_now, value) => (isObject(value) ? Object.values(value) : []),
}

/** Whether a list has a value, or all values of a list; never a value that is missing. */
export const includes: ExpressionFunction = {
  name: 'includes',
  readsClock: false,
  apply: (_now, list, wanted) => {
    if (!Array.isArray(list) || list.length === 0) return false
    if (!Array.isArray(wanted)) return isWanted(wanted) && list.includes(wanted)
    const members = new Set(list)
    return wanted.every((each) => members.has(each))
  },
}

/** Whether a list has a value, or one of the values of a list. */
export const includesSome: ExpressionFunction = {
  name: 'includesSome',
  readsClock: false,
  apply: (_now, list, wanted) => {
    if (!Array.isArray(list) || list.length === 0) return false
    if (!Array.isArray(wanted)) return isWanted(wanted) && list.includes(wanted)
    const members = new Set(list)
    return wanted.some((each) => members.has(each))
  },
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isWanted(value: unknown): boolean {
  return value !== null && value !== undefined && value !== ''
}
