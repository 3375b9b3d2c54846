import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'

/**
 * What the findings of a connector depend on, as one hash: its path, the names and contents of the files beside it, and
 * `version`. Undefined where the folder cannot be read.
 */
export function folderDigest(path: string, version: string): string | undefined {
  try {
    const folder = statSync(path).isDirectory() ? path : dirname(path)
    const hash = createHash('sha256').update(`${version}\n${path}\n`)
    for (const name of filesOf(folder)) {
      const content = readFileSync(join(folder, name))
      hash.update(`${name} ${content.byteLength}\n`).update(content)
    }
    return hash.digest('hex')
  } catch {
    return undefined
  }
}

function filesOf(folder: string): readonly string[] {
  const entries = readdirSync(folder, { withFileTypes: true })
  const own = entries.filter((entry) => entry.name.endsWith('.yaml')).map((entry) => entry.name)
  const hasExamples = entries.some((entry) => entry.name === 'examples')
  const examples = hasExamples
    ? readdirSync(join(folder, 'examples'))
        .filter((name) => name.endsWith('.json'))
        .map((name) => join('examples', name))
    : []
  return [...own.toSorted(), ...examples.toSorted()]
}
