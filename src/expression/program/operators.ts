import type { BinaryOperator } from './token.ts'

/** The operators that look at both sides; `&&` and `||` look at the right one only where they need it. */
type EagerOperator = Exclude<BinaryOperator, '&&' | '||'>

/**
 * JavaScript's operators on any two values. They throw where JavaScript does, such as for an object that cannot be
 * made a text.
 */
export const operators: Readonly<Record<EagerOperator, (left: unknown, right: unknown) => unknown>> = {
  '^': (left, right) => Number(left) ** Number(right),
  '%': (left, right) => Number(left) % Number(right),
  '*': (left, right) => Number(left) * Number(right),
  '/': (left, right) => Number(left) / Number(right),
  '//': (left, right) => Math.floor(Number(left) / Number(right)),
  '+': add,
  '-': (left, right) => Number(left) - Number(right),
  // biome-ignore lint/suspicious/noDoubleEquals: the language compares loosely
  '==': (left, right) => left == right,
  // biome-ignore lint/suspicious/noDoubleEquals: the language compares loosely
  '!=': (left, right) => left != right,
  '<': (left, right) => (left as number) < (right as number),
  '<=': (left, right) => (left as number) <= (right as number),
  '>': (left, right) => (left as number) > (right as number),
  '>=': (left, right) => (left as number) >= (right as number),
  in: isContained,
  '??': (left, right) => (left === null || left === undefined || left === '' ? right : left),
}

function isContained(needle: unknown, haystack: unknown): boolean {
  if (typeof haystack === 'string') return haystack.includes(String(needle))
  return Array.isArray(haystack) && haystack.indexOf(needle) !== -1
}

/** JavaScript's, but that a `bigint` adds to a number as the double it is nearest to: arithmetic is that of doubles. */
export function add(left: unknown, right: unknown): unknown {
  if (typeof left === 'bigint' && typeof right === 'number') return Number(left) + right
  if (typeof right === 'bigint' && typeof left === 'number') return left + Number(right)
  return (left as string) + (right as string)
}
