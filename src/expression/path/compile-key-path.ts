import { asContext, type Data } from '../own-property.ts'

/**
 * A path of plain keys, which most are: own reads one after the other, nothing made on the way.
 */
export function compileKeyPath(keys: readonly string[]): (context: unknown) => unknown {
  const [first, second, third, fourth] = keys
  if (first === undefined) return asContext
  if (second === undefined) return (context) => readFirst(context, first)
  if (third === undefined) return (context) => readKey(readFirst(context, first), second)
  if (fourth === undefined) return (context) => readKey(readKey(readFirst(context, first), second), third)
  const rest = keys.slice(4)
  return (context) => {
    let value = readKey(readKey(readKey(readFirst(context, first), second), third), fourth)
    for (let index = 0; index < rest.length; index += 1) value = readKey(value, rest[index] as string)
    return value
  }
}

/** Of the context, which counts as empty where it is a list, a scalar or null. */
function readFirst(context: unknown, key: string): unknown {
  return typeof context === 'object' &&
    context !== null &&
    Object.hasOwn(context, key) &&
    !Array.isArray(context)
    ? (context as Data)[key]
    : undefined
}

/** Nothing of what is missing, zero, false or an empty text; a text has its length and characters. */
function readKey(value: unknown, key: string): unknown {
  return value && Object.hasOwn(value, key) ? (value as Data)[key] : undefined
}
