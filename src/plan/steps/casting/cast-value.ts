import { writeExactJson } from '../../../http/index.ts'
import { castDatetime } from './cast-datetime.ts'

/** A cast of one value that is neither null nor undefined. */
export type CastValue = (value: unknown) => unknown

/** The casts of the plain types. An empty text is null whatever the type. */
export const casts: Readonly<Record<string, CastValue>> = {
  string: castString,
  number: castNumber,
  boolean: (value) => !(value === false || value === 'false' || value === 0 || value === '0'),
  datetime_string: castDatetime,
}

function castString(value: unknown): unknown {
  if (typeof value === 'string') return value
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString()
  if (Array.isArray(value)) return value.join(',')
  return typeof value === 'object' ? writeExactJson(value) : String(value)
}

/** An integer that no double holds stays what it is: rounded, an id is another id. */
function castNumber(value: unknown): unknown {
  const number = castNumberAsOriginal(value)
  return !Number.isSafeInteger(number) && /^-?\d+$/.test(String(value)) ? value : number
}

/** Rounds what no double holds. */
export function castNumberAsOriginal(value: unknown): number | null {
  const number = Number(value)
  return Number.isNaN(number) ? null : number
}
