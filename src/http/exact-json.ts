import { holdsLargeNumber, isUnsafeInteger, type ReviverContext } from './large-number.ts'

/**
 * JSON that a caller wrote, with its integers as they are: one that a double cannot hold is a `bigint`, so that it goes on
 * as the number it is. (What a provider answers is read by `parseJson`, which gives such a number as a text.)
 *
 * @throws {SyntaxError} a text that is no JSON
 */
export function readExactJson(text: string): unknown {
  const value: unknown = JSON.parse(text)
  return holdsLargeNumber(text) ? (JSON.parse(text, holdExactly) as unknown) : value
}

function holdExactly(_key: string, value: unknown, context?: ReviverContext): unknown {
  return isUnsafeInteger(value, context) ? BigInt(context?.source ?? '') : value
}

/** JSON in which a `bigint` is a number with all its digits. @throws {TypeError} a circle */
export function writeExactJson(value: unknown, space?: number): string {
  return JSON.stringify(value, digitsOf, space)
}

/** What `JSON.stringify` writes as a number with all its digits, for those who write JSON themselves. */
export function exactNumber(value: bigint): unknown {
  return rawJSON(String(value))
}

/** TypeScript does not know it yet; every Node that we run on does. */
const { rawJSON } = JSON as unknown as { rawJSON(text: string): unknown }

function digitsOf(_key: string, value: unknown): unknown {
  return typeof value === 'bigint' ? exactNumber(value) : value
}
