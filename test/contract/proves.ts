import { test } from '@jest/globals'

/**
 * A test that proves a row of the format's reference. `docs/reference/compatibility.md` is made from these names, so
 * the row is spelled as the list of rows spells it.
 *
 * @param sentence - the behaviour, readable behind the name of the row
 */
export function proves(row: string, sentence: string, fn: () => void | Promise<void>): void {
  test(`[${row}] ${sentence}`, async () => fn())
}
