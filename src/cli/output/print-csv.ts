import { stringify } from 'csv-stringify/sync'
import type { Console } from '../console/console.ts'
import { cellsOf, cellText, columnsOf } from './rows.ts'

/** Rows that are looked at before the header is written. */
const headerRows = 1000

/**
 * CSV with a header. The columns are all keys of the first thousand rows, in the order they appear; a key that first
 * turns up later has no column any more, which is said on standard error at the end. Nested values are JSON.
 */
export async function printCsv(console: Console, rows: AsyncIterable<unknown>): Promise<void> {
  const early: unknown[] = []
  const late = new Set<string>()
  let columns: readonly string[] | undefined

  // Secrets are hidden before quoting, which can change how they look.
  const printLine = (values: readonly unknown[]) =>
    console.print(stringify([values.map((value) => console.mask.text(safeCell(value)))]))
  const printRow = async (row: unknown) => {
    const cells = cellsOf(row)
    for (const key of Object.keys(cells)) if (!columns?.includes(key)) late.add(key)
    await printLine((columns ?? []).map((key) => cells[key]))
  }
  const printEarly = async () => {
    columns = columnsOf(early)
    if (columns.length > 0) await printLine(columns)
    for (const row of early) await printRow(row)
  }

  for await (const row of rows) {
    if (columns !== undefined) await printRow(row)
    else if (early.push(row) === headerRows) await printEarly()
  }
  if (columns === undefined) await printEarly()
  if (late.size > 0) {
    await console.note(
      `warning: no column for ${[...late].join(', ')}: first seen after row ${headerRows}. ndjson has them.`,
    )
  }
}

/**
 * A text that a spreadsheet would run as a formula gets an apostrophe in front; signed numbers and phone numbers
 * stay as they are, since no formula can be made of digits alone.
 */
export function safeCell(value: unknown): string {
  const text = cellText(value)
  if (typeof value !== 'string' || !/^[=+\-@\t\r]/.test(text)) return text
  return /^[+-][\d\s().,-]*$/.test(text) ? text : `'${text}`
}
