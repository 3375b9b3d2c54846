import { test } from '@jest/globals'
import type { RowId } from './rows.ts'

/**
 * A test that proves rows of the fact sheet (`rows.ts`). The page of compatibility is made by reading these calls, so
 * rows and sentence stand in them as literals. Where a row `differs`, the test proves what happens instead.
 *
 * @example proves('7.1/arrayFormat', 'a list without a format goes out with indices', async () => { … })
 */
export function proves(
  rows: RowId | readonly RowId[],
  sentence: string,
  run: () => unknown | Promise<unknown>,
): void {
  test(`[${[rows].flat().join(', ')}] ${sentence}`, async () => {
    await run()
  })
}
