import { createHash } from 'node:crypto'
import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The rooms whose code decides what is found. */
const rooms = ['lint', 'definition', 'expression', 'plan', 'errors']

let known: string | undefined

/** Changes whenever the code of a rule, of the loader or of the schemas does. */
export function ruleVersion(): string {
  known ??= stampOf([
    ...rooms.map((room) => fileURLToPath(new URL(`../../${room}/`, import.meta.url))),
    fileURLToPath(new URL('../../../schemas/', import.meta.url)),
  ])
  return known
}

function stampOf(folders: readonly string[]): string {
  const hash = createHash('sha256')
  for (const folder of folders) {
    for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' }).toSorted()) {
      const { size, mtimeMs } = statSync(join(folder, name))
      hash.update(`${name} ${size} ${mtimeMs}\n`)
    }
  }
  return hash.digest('hex')
}
