import { readOwn } from '../own-property.ts'
import { type Evaluate, failure } from './evaluate.ts'

/**
 * `a.b.c` from the root or from the row: most of what programs read, so the chain is one function and its first
 * steps need no loop.
 */
export function compileChain(relative: boolean, first: string, members: readonly string[]): Evaluate {
  const [second, third] = members
  if (second === undefined)
    return relative ? (_root, row) => readOwn(row, first) : (root) => readOwn(root, first)
  if (third === undefined) {
    return relative
      ? (_root, row) => readMember(readOwn(row, first), second)
      : (root) => readMember(readOwn(root, first), second)
  }
  const rest = members.slice(1)
  return (root, row) => {
    let value = readMember(readOwn(relative ? row : root, first), second)
    for (let index = 0; index < rest.length; index += 1) value = readMember(value, rest[index] as string)
    return value
  }
}

/** `value.name`: nothing of nothing, and of a list what its first element has. */
export function readMember(value: unknown, name: string): unknown {
  if (!Array.isArray(value)) return readOwn(value, name)
  const first: unknown = value[0]
  if (first === null || first === undefined) throw failure
  return readOwn(first, name)
}
