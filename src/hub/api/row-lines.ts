/** Media type of a list that comes as one JSON value a line. */
export const linesType = 'application/x-ndjson'

export function wantsLines(accept: string | undefined): boolean {
  return accept?.toLowerCase().includes(linesType) === true
}

/**
 * A line for each row, each row fetched when its line is wanted. A failure after the first line can no longer change
 * the status: it comes as the last line, `{"error": …, "rows_delivered": …}`.
 *
 * @throws what `rows` throws before its first row
 */
export async function rowLines(
  rows: AsyncGenerator<unknown, void, undefined>,
  errorBody: (thrown: unknown) => object,
): Promise<AsyncGenerator<string, void, undefined>> {
  const first = await rows.next()
  return lines(first, rows, errorBody)
}

async function* lines(
  first: IteratorResult<unknown, void>,
  rows: AsyncGenerator<unknown, void, undefined>,
  errorBody: (thrown: unknown) => object,
): AsyncGenerator<string, void, undefined> {
  let delivered = 0
  try {
    for (let row = first; !row.done; row = await rows.next()) {
      yield `${JSON.stringify(row.value ?? null)}\n`
      delivered += 1
    }
  } catch (thrown) {
    yield `${JSON.stringify({ error: errorBody(thrown), rows_delivered: delivered })}\n`
  } finally {
    await rows.return()
  }
}
