import { isUnsafeInteger, type ReviverContext } from './large-number.ts'

/** A text that is no JSON, or none that means one thing. The message is a clause without values. */
export class JsonError extends Error {
  readonly kind: 'invalid' | 'too-deep' | 'duplicate-key'

  constructor(kind: JsonError['kind'], message: string) {
    super(message)
    this.kind = kind
  }
}

/** Lists and objects within each other: beyond any record, and far below what a stack can bear. */
const maxDepth = 500
const noNumber = /(?:^|[[:,\s])-?(?:NaN|Infinity)\b/

/**
 * JSON as data, exactly as it was sent: an integer that a double cannot hold (beyond ±(2⁵³ − 1)) is given as the text of
 * its digits, as is a number beyond all doubles, so that no id is rounded and nothing turns into Infinity.
 *
 * @throws {JsonError} a text that is no JSON, nests too deep, or names a key of an object twice
 */
export function parseJson(text: string): unknown {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw new JsonError(
      'invalid',
      noNumber.test(text) ? 'it holds NaN or Infinity, which JSON does not have' : 'it is not valid JSON',
    )
  }
  const found: Found = { members: 0, large: isLarge(value) }
  if (typeof value === 'object' && value !== null) {
    look(value, 1, found)
    // Every member that the text names is in the data, unless a later one of the same name took its place.
    if (found.members !== countKeys(text))
      throw new JsonError('duplicate-key', 'an object in it names a key twice')
  }
  return found.large ? (JSON.parse(text, keepDigits) as unknown) : value
}

function keepDigits(_key: string, value: unknown, context?: ReviverContext): unknown {
  const isLost = isUnsafeInteger(value, context) || value === Infinity || value === -Infinity
  return isLost ? context?.source : value
}

/** What a look at all of the data has come to. */
interface Found {
  members: number
  /** A number that was not, or need not have been, written as it is held. */
  large: boolean
}

/** An integer that was rounded is still beyond those that a double holds, and one beyond all doubles is infinite. */
function isLarge(value: unknown): boolean {
  return typeof value === 'number' && (value > Number.MAX_SAFE_INTEGER || value < -Number.MAX_SAFE_INTEGER)
}

function look(value: object, depth: number, found: Found): void {
  if (depth > maxDepth) throw new JsonError('too-deep', `it nests deeper than ${maxDepth}`)
  if (Array.isArray(value)) {
    for (const item of value) lookAt(item, depth, found)
    return
  }
  for (const key in value) {
    found.members += 1
    lookAt((value as Record<string, unknown>)[key], depth, found)
  }
}

function lookAt(item: unknown, depth: number, found: Found): void {
  if (typeof item === 'object') {
    if (item !== null) look(item, depth + 1, found)
  } else if (isLarge(item)) found.large = true
}

const [quote, backslash, colon] = [34, 92, 58]

/** The keys in a text that is JSON: strings that a colon follows. */
function countKeys(text: string): number {
  let count = 0
  let start = text.indexOf('"')
  while (start !== -1) {
    let end = text.indexOf('"', start + 1)
    while (text.charCodeAt(end - 1) === backslash && isEscaped(text, end)) end = text.indexOf('"', end + 1)
    let next = end + 1
    while (isSpace(text.charCodeAt(next))) next += 1
    if (text.charCodeAt(next) === colon) {
      count += 1
      next += 1
    }
    start = text.charCodeAt(next) === quote ? next : text.indexOf('"', next)
  }
  return count
}

function isEscaped(text: string, at: number): boolean {
  let backslashes = 0
  while (text.charCodeAt(at - 1 - backslashes) === backslash) backslashes += 1
  return backslashes % 2 === 1
}

function isSpace(code: number): boolean {
  return code === 32 || code === 10 || code === 13 || code === 9
}
