import { existsSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'

const configName = 'mainspring.config.yaml'

/** The nearest configuration of a folder and those above it. */
export function findConfig(folder: string): string | undefined {
  for (let at = resolve(folder); ; at = dirname(at)) {
    const file = join(at, configName)
    if (existsSync(file)) return file
    if (dirname(at) === at) return undefined
  }
}
