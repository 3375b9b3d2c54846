import { globSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** A test that proves a row of the fact sheet. */
export interface Proof {
  readonly row: string
  readonly sentence: string
  /** The test file, from the root of the repository. */
  readonly file: string
}

const root = fileURLToPath(new URL('../../../', import.meta.url))

/**
 * Every call of `proves` in the tests, in the order of files and lines.
 *
 * @throws {Error} a call whose rows or sentence are not literals: it would be missing from the page
 */
export function findProofs(): readonly Proof[] {
  return globSync(['test/**/*.test.ts', 'connectors/**/*.test.ts'], { cwd: root })
    .toSorted()
    .flatMap((file) => proofsOf(file, readFileSync(`${root}${file}`, 'utf8')))
}

/** The calls of `proves` in one text. */
export function proofsOf(file: string, text: string): readonly Proof[] {
  const calls = [...text.matchAll(/^\s*proves\(/gm)]
  const read = [
    ...text.matchAll(/^\s*proves\(\s*(?:'([^']+)'|\[([^\]]*)\])\s*,\s*(?:'([^'\n]+)'|"([^"\n]+)")/gm),
  ]
  if (read.length !== calls.length)
    throw new Error(
      `${file}: ${calls.length - read.length} call(s) of proves without literal rows or sentence`,
    )
  return read.flatMap(([, one, several, single, double]) =>
    [...(one === undefined ? (several ?? '').matchAll(/'([^']+)'/g) : [['', one]])].map(([, row = '']) => ({
      row,
      sentence: single ?? double ?? '',
      file,
    })),
  )
}
