import { dateLibrary } from './date-library.ts'

/** Tried one after the other when neither the named format nor ISO 8601 fits. */
const fallbackFormats = [
  'yyyy-MM-dd',
  'yyyy/MM/dd',
  'dd/MM/yyyy',
  'dd-MM-yyyy',
  'yyyy-dd-MM',
  'yyyy/dd/MM',
  'MM/dd/yyyy',
  'MM-dd-yyyy',
]

/**
 * The moment that a value stands for: a date as it is, a text by `format` (tokens of date-fns, `yyyy-MM-dd` where
 * it is left out), else as ISO 8601, else by the common formats. Fields without a zone are of the process's zone;
 * the common formats are set to the start of their UTC day.
 *
 * @param now - milliseconds since 1970; fills the fields that the format does not have
 * @returns null for anything that is no date, and for a format that is none
 */
export function parseDate(value: unknown, format: unknown, now: number): Date | null {
  const { isDate, isValid, parse, parseISO } = dateLibrary()
  if (isDate(value)) return isValid(value) ? value : null
  if (typeof value !== 'string' || value === '') return null
  const named = format === undefined ? 'yyyy-MM-dd' : format
  if (typeof named !== 'string') return null
  const reference = new Date(now)
  let parsed: Date
  try {
    parsed = parse(value, named, reference)
  } catch {
    return null
  }
  if (isValid(parsed)) return parsed
  parsed = parseISO(value)
  if (isValid(parsed)) return parsed
  for (const fallback of fallbackFormats) {
    parsed = parse(value, fallback, reference)
    if (isValid(parsed)) {
      parsed.setUTCHours(0, 0, 0, 0)
      return parsed
    }
  }
  return null
}
