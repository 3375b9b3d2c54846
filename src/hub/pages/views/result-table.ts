import { isRecord } from '../../../http/index.ts'
import { type Html, html } from '../../../ui/index.ts'

const maxColumns = 8
const maxCharacters = 120

/** Rows as a table, one record as a list of its values, anything else as text. */
export function resultTable(data: unknown): Html {
  if (Array.isArray(data)) {
    if (data.length === 0) return html`<p>No rows.</p>`
    if (data.every(isRecord)) return rowsTable(data)
  }
  if (isRecord(data))
    return html`<dl class="facts">${Object.entries(data).map(([key, value]) => html`<dt>${key}</dt><dd>${shortText(value)}</dd>`)}</dl>`
  return html`<p>${shortText(data ?? null)}</p>`
}

function rowsTable(rows: readonly Readonly<Record<string, unknown>>[]): Html {
  const columns = columnsOf(rows)
  return html`<div class="table-scroll" tabindex="0" role="region" aria-label="Rows"><table class="table"><caption class="visually-hidden">${rows.length} rows</caption><thead><tr>${columns.map((column) => html`<th scope="col">${column}</th>`)}</tr></thead><tbody>${rows.map(
    (row) => html`<tr>${columns.map((column) => html`<td>${shortText(row[column])}</td>`)}</tr>`,
  )}</tbody></table></div>`
}

/** Those that tell most: plain values before nested ones, each group in the order of the rows. */
function columnsOf(rows: readonly Readonly<Record<string, unknown>>[]): readonly string[] {
  const names = [...new Set(rows.flatMap((row) => Object.keys(row)))]
  const isPlain = (name: string) => rows.every((row) => typeof row[name] !== 'object' || row[name] === null)
  return [...names.filter(isPlain), ...names.filter((name) => !isPlain(name))].slice(0, maxColumns)
}

function shortText(value: unknown): string {
  if (value === undefined) return ''
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  return text.length > maxCharacters ? `${text.slice(0, maxCharacters)}…` : text
}
