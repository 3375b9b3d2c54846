import type { SourceMap } from '../definition/index.ts'
import { nearestName } from '../errors/index.ts'

/** Whether a key is missing, and not only misspelt: a misspelt one is a finding of its own. */
export function lacksKey(map: SourceMap, key: string, known: readonly string[] = []): boolean {
  if (map.incomplete === true) return false
  for (const { name } of map.entries) {
    if (name === key) return false
    if (!known.includes(name) && nearestName(name, [key]) !== undefined && !commonKeys.has(name)) return false
  }
  return true
}

/** Keys of the format that look like others and are none of them misspelt. */
const commonKeys = new Set([
  'type',
  'name',
  'label',
  'value',
  'values',
  'title',
  'text',
  'args',
  'in',
  'key',
  'details',
])
