import Table from 'cli-table3'
import stringWidth from 'string-width'
import type { Console } from '../console/console.ts'
import { visibleLine } from '../console/visible-text.ts'
import { cellsOf, cellText, columnsOf } from './rows.ts'

/** No column of data is wider, so that one long text does not push the others out. */
const widestCell = 40
const gap = 2

/** Columns of text without lines between them; the last one wraps where the terminal ends. */
export function formatTable(
  console: Console,
  head: readonly string[],
  rows: readonly (readonly string[])[],
): string {
  const widths = head.map((name, column) =>
    Math.max(stringWidth(name), ...rows.map((row) => stringWidth(row[column] ?? ''))),
  )
  const before = widths.slice(0, -1).reduce((total, width) => total + width + gap, 0)
  const last = roomFor(
    rows.map((row) => row.at(-1) ?? ''),
    console.columns - before,
  )
  return draw(
    head.map((name) => console.style('bold', name)),
    rows,
    widths.map((width, column) => (column === widths.length - 1 ? Math.min(width, last) : width) + gap),
  )
}

/**
 * Rows of data as a table that fits the terminal: columns that hold nothing are left out, then those that find no
 * room, nested ones first; what is left out is said on standard error.
 */
export async function printTable(console: Console, rows: readonly unknown[]): Promise<void> {
  if (rows.length === 0) return console.note('No rows.')
  // Before it is cut: what is left of a secret would no longer be recognised.
  const short = (value: unknown) => shortCell(console.mask.text(cellText(value)))
  const columns = columnsOf(rows)
    .map((key) => describeColumn(key, rows, short))
    .filter(({ empty }) => !empty)
  const shown = fitting(columns, console.columns)
  const lines = rows.map((row) => shown.map(({ key }) => short(cellsOf(row)[key])))
  await console.print(
    draw(
      shown.map(({ key }) => console.style('bold', visibleLine(key))),
      lines,
      shown.map(({ width }) => width + gap),
    ),
  )
  const hidden = columns.filter((column) => !shown.includes(column)).map(({ key }) => visibleLine(key))
  if (hidden.length > 0) await console.note(`Not shown: ${hidden.join(', ')}. \`--out json\` has everything.`)
}

/** One record: a line a field. */
export async function printRecord(console: Console, record: unknown): Promise<void> {
  const fields = Object.entries(cellsOf(record)).map(([key, value]) => [key, cellText(value)] as const)
  await console.print(formatFacts(console, fields))
}

/** Names and what there is to say of each, in two columns. */
export function formatFacts(
  console: Console,
  facts: readonly (readonly [name: string, text: string])[],
): string {
  const lines = facts.map(([name, text]) => [
    console.style('bold', visibleLine(name)),
    visibleLine(console.mask.text(text)),
  ])
  const width = Math.max(0, ...lines.map(([name = '']) => stringWidth(name))) + gap
  return draw([], lines, [
    width,
    roomFor(
      lines.map((line) => line.at(-1) ?? ''),
      console.columns - width,
    ),
  ])
}

/** A word is never cut: a path or key would be of no use. */
function roomFor(texts: readonly string[], room: number): number {
  const words = texts.flatMap((text) => text.split(' ')).map((word) => stringWidth(word))
  return words.reduce((widest, width) => Math.max(widest, width + gap), Math.max(20, room))
}

interface Column {
  readonly key: string
  readonly width: number
  readonly nested: boolean
  readonly empty: boolean
}

function describeColumn(key: string, rows: readonly unknown[], short: (value: unknown) => string): Column {
  const values = rows.map((row) => cellsOf(row)[key])
  const widths = values.map((value) => stringWidth(short(value)))
  return {
    key,
    width: Math.max(stringWidth(key), ...widths),
    nested: values.some((value) => typeof value === 'object' && value !== null),
    empty: values.every((value) => cellText(value) === ''),
  }
}

/** As many as have room, plain ones first, in the order of the data; always one. */
function fitting(columns: readonly Column[], room: number): readonly Column[] {
  const byWorth = [...columns].sort((a, b) => Number(a.nested) - Number(b.nested))
  const chosen = new Set<Column>()
  let used = 0
  for (const column of byWorth) {
    const needed = column.width + (chosen.size === 0 ? 0 : gap)
    if (chosen.size > 0 && used + needed > room) continue
    chosen.add(column)
    used += needed
  }
  return columns.filter((column) => chosen.has(column))
}

function shortCell(cell: string): string {
  const text = visibleLine(cell)
  if (stringWidth(text) <= widestCell) return text
  let short = ''
  for (const { segment } of new Intl.Segmenter().segment(text)) {
    if (stringWidth(short + segment) > widestCell - 1) break
    short += segment
  }
  return `${short}…`
}

function draw(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  widths: readonly number[],
): string {
  const none = { top: '', 'top-mid': '', 'top-left': '', 'top-right': '', bottom: '', 'bottom-mid': '' }
  const table = new Table({
    ...(head.length === 0 ? {} : { head: [...head] }),
    colWidths: [...widths],
    wordWrap: true,
    wrapOnWordBoundary: true,
    chars: {
      ...none,
      'bottom-left': '',
      'bottom-right': '',
      left: '',
      'left-mid': '',
      mid: '',
      'mid-mid': '',
      right: '',
      'right-mid': '',
      middle: '',
    },
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': gap },
  })
  table.push(...rows.map((row) => [...row]))
  return `${table
    .toString()
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n')}\n`
}
