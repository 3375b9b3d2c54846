/** A row as named cells; one that is no object is a single cell. */
export function cellsOf(row: unknown): Readonly<Record<string, unknown>> {
  if (typeof row === 'object' && row !== null && !Array.isArray(row)) return row as Record<string, unknown>
  return { value: row }
}

/** The names of all cells, in the order they first appear. */
export function columnsOf(rows: readonly unknown[]): readonly string[] {
  return [...new Set(rows.flatMap((row) => Object.keys(cellsOf(row))))]
}

/** A list as its rows; anything else is one row, and nothing is none. */
export function rowsOf(data: unknown): readonly unknown[] {
  if (Array.isArray(data)) return data
  return data === undefined || data === null ? [] : [data]
}

/** A value on one line: texts as they are, nothing for null, JSON for what is nested. */
export function cellText(value: unknown): string {
  if (value === undefined || value === null) return ''
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}
