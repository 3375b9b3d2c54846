import type { Console } from '../console/console.ts'

/**
 * `{"data": …, "next": …}`, with `next` null at the end. A list is written row by row, so that a large one needs no
 * second copy as text.
 */
export async function printJsonResult(
  console: Console,
  data: unknown,
  next: string | undefined,
): Promise<void> {
  if (!Array.isArray(data) || console.isTerminal('stdout')) {
    return console.printJson({ data: data ?? null, next: next ?? null })
  }
  await console.print('{"data":[')
  for (const [index, row] of data.entries()) {
    await console.print(`${index === 0 ? '' : ','}${console.mask.json(row)}`)
  }
  await console.print(`],"next":${JSON.stringify(next ?? null)}}\n`)
}

/** A row a line, each as soon as it is there. */
export async function printNdjson(console: Console, rows: AsyncIterable<unknown>): Promise<void> {
  for await (const row of rows) await console.print(`${console.mask.json(row)}\n`)
}
