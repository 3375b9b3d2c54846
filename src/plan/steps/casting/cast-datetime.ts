const iso =
  /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):?(\d{2})(?::?(\d{2})(?:[.,](\d+))?)?\s*(Z|[+-]\d{2}(?::?\d{2})?)?)?$/i

/** The orders of year, month and day that are tried after ISO 8601: days before months. */
const orders: readonly {
  readonly pattern: RegExp
  readonly parts: readonly ['y' | 'm' | 'd', 'y' | 'm' | 'd', 'y' | 'm' | 'd']
}[] = [
  { pattern: /^(\d{4})\/(\d{1,2})\/(\d{1,2})$/, parts: ['y', 'm', 'd'] },
  { pattern: /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/, parts: ['d', 'm', 'y'] },
  { pattern: /^(\d{1,2})-(\d{1,2})-(\d{4})$/, parts: ['d', 'm', 'y'] },
  { pattern: /^(\d{4})-(\d{1,2})-(\d{1,2})$/, parts: ['y', 'd', 'm'] },
  { pattern: /^(\d{4})\/(\d{1,2})\/(\d{1,2})$/, parts: ['y', 'd', 'm'] },
  { pattern: /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/, parts: ['m', 'd', 'y'] },
  { pattern: /^(\d{1,2})-(\d{1,2})-(\d{4})$/, parts: ['m', 'd', 'y'] },
]

const isoDate = { pattern: /^(\d{4})-(\d{1,2})-(\d{1,2})$/, parts: ['y', 'm', 'd'] as const }

/**
 * A date or time as ISO 8601 in UTC with milliseconds; null for what is none, numbers included. A text without a zone
 * is UTC, so that the same data gives the same result on every machine.
 */
export function castDatetime(value: unknown): string | null {
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString()
  if (typeof value !== 'string') return null
  const text = value.trim()
  const time = readIso(text) ?? readOrders(text)
  return time === undefined ? null : new Date(time).toISOString()
}

function readIso(text: string): number | undefined {
  const found = iso.exec(text)
  if (found === null) return undefined
  const [, year, month, day, hours = '0', minutes = '0', seconds = '0', fraction = '', zone = 'Z'] = found
  const start = dayStart(Number(year), Number(month), Number(day))
  if (start === undefined || Number(hours) > 24 || Number(minutes) > 59 || Number(seconds) > 59)
    return undefined
  const ms = Number(fraction.slice(0, 3).padEnd(3, '0'))
  return start + ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000 + ms - offsetMs(zone)
}

function offsetMs(zone: string): number {
  if (zone.toUpperCase() === 'Z') return 0
  const digits = zone.slice(1).replace(':', '').padEnd(4, '0')
  const minutes = Number(digits.slice(0, 2)) * 60 + Number(digits.slice(2))
  return (zone.startsWith('-') ? -minutes : minutes) * 60_000
}

function readOrders(text: string): number | undefined {
  for (const { pattern, parts } of [isoDate, ...orders]) {
    const found = pattern.exec(text)
    if (found === null) continue
    const read = Object.fromEntries(parts.map((part, index) => [part, Number(found[index + 1])]))
    const start = dayStart(read['y'] ?? 0, read['m'] ?? 0, read['d'] ?? 0)
    if (start !== undefined) return start
  }
  return undefined
}

/** Midnight UTC in milliseconds; undefined for a day that no calendar has. */
function dayStart(year: number, month: number, day: number): number | undefined {
  const date = new Date(0)
  date.setUTCFullYear(year, month - 1, day)
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day ? date.getTime() : undefined
}
