import type { Data } from '../own-property.ts'

/**
 * A path of plain keys, which most are: own reads one after the other, nothing made on the way.
 */
export function compileKeyPath(keys: readonly string[]): (root: Data) => unknown {
  const [first, second, third] = keys
  if (first === undefined) return (root) => root
  if (second === undefined) return (root) => readKey(root, first)
  if (third === undefined) return (root) => readKey(readKey(root, first), second)
  const rest = keys.slice(3)
  const readThird = (root: Data) => readKey(readKey(readKey(root, first), second), third)
  if (rest.length === 0) return readThird
  return (root) => {
    let value = readThird(root)
    for (let index = 0; index < rest.length; index += 1) value = readKey(value, rest[index] as string)
    return value
  }
}

/** Nothing of what is missing, zero, false or an empty text; a text has its length and characters. */
function readKey(value: unknown, key: string): unknown {
  return value && Object.hasOwn(value, key) ? (value as Data)[key] : undefined
}
