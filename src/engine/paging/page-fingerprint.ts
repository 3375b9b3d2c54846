import { hash } from 'node:crypto'
import { isRecord } from '../../http/index.ts'

const length = 11
/** Rows looked at on each end of a page. */
const sample = 8

/**
 * A short text that tells pages apart: the ids at both ends and the number of rows; for rows without ids, the rows as
 * a whole. The order counts, and what stands around the rows does not: it may name the page that was asked for.
 */
export function fingerprintOf(rows: readonly unknown[]): string {
  return shortHash(sampleIds(rows) ?? JSON.stringify(rows))
}

/** Eleven characters that tell texts apart. */
export function shortHash(text: string): string {
  return hash('sha1', text, 'base64url').slice(0, length)
}

/** A page that begins and ends with the rows of another one repeats it, whatever stands between. */
function sampleIds(rows: readonly unknown[]): string | undefined {
  const ends = rows.length <= 2 * sample ? rows : [...rows.slice(0, sample), ...rows.slice(-sample)]
  let ids = `${rows.length}`
  for (const row of ends) {
    const id = isRecord(row) && Object.hasOwn(row, 'id') ? row['id'] : undefined
    if (typeof id !== 'string' && typeof id !== 'number') return undefined
    ids += `\n${id}`
  }
  return ids
}
