import type { RowId } from './rows.ts'

/**
 * Rows that hold no support here, each with the reason; the page shows them as not supported. A row that a test proves
 * does not belong here.
 */
export const arguedRows: Readonly<Partial<Record<RowId, string>>> = {
  '3/field-computed':
    'Only its name is declared anywhere, and what computes the value was never seen. It loads, is kept by the export, and the field is asked for like any other.',
  '11/rateLimit':
    'Its numbers are not kept to: calls go out as they are asked for, and an answer that means too many requests is waited for (`mappedRateLimitErrors` included). Not built yet.',
  '11/concurrency':
    'Its numbers are not kept to: a caller decides how many calls it makes at a time, and steps with an iterator have a bound of their own. Not built yet.',
  '11/pools': 'There are no pools, since neither rateLimit nor concurrency is kept to.',
  '11/pool-wait': 'There are no pools to wait for.',
}
