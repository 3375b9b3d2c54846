import { hash } from 'node:crypto'
import { isRecord } from '../../http/index.ts'

const length = 11

/**
 * A short text that tells pages apart: from the ids of its rows, else from the rows as a whole. The order counts, and
 * what stands around the rows does not: it may name the page that was asked for.
 */
export function fingerprintOf(rows: readonly unknown[]): string {
  return shortHash(identityOf(rows))
}

/** Eleven characters that tell texts apart. */
export function shortHash(text: string): string {
  return hash('sha1', text, 'base64url').slice(0, length)
}

function identityOf(rows: readonly unknown[]): string {
  let ids = ''
  for (const row of rows) {
    const id = isRecord(row) && Object.hasOwn(row, 'id') ? row['id'] : undefined
    if (typeof id !== 'string' && typeof id !== 'number') return JSON.stringify(rows)
    ids += `${id}\n`
  }
  return ids
}
