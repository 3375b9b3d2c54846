import { dirname, relative, resolve, sep } from 'node:path'
import picomatch from 'picomatch'
import type { LevelOf } from '../level-of.ts'
import type { LintConfig } from './lint-config.ts'

/** The level that a configuration gives to a code in a file: of the last override that fits, or of all files. */
export function createLevelOf({ file, rules, overrides }: LintConfig): LevelOf {
  const folder = dirname(file)
  const matchers = overrides.map((override) => ({
    matches: picomatch([...override.paths], { dot: true }),
    rules: override.rules,
  }))
  return (code, path) => {
    const shown = relative(folder, resolve(path)).split(sep).join('/')
    const fitting = matchers.findLast((one) => Object.hasOwn(one.rules, code) && one.matches(shown))
    if (fitting !== undefined) return fitting.rules[code]
    return Object.hasOwn(rules, code) ? rules[code] : undefined
  }
}
