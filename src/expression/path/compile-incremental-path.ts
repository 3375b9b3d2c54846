import { asContext, type Data } from '../own-property.ts'
import type { SourceText } from '../source-text.ts'
import { PathFailure, type PathFailureDetails } from './path-failure.ts'

/** A key of a path that is walked step by step. */
export interface IncrementalKey {
  readonly key: string
  readonly start: number
  readonly end: number
}

/** Whether a path can match more than one value, so that it is run as a whole also with `incrementalPath`. */
export function matchesMany(text: string): boolean {
  return text.includes('..') || text.includes('[*]') || text.includes('[?(') || /\[\d+:/.test(text)
}

/** The keys of a path as the step-by-step walk understands them: no unions, no wildcards, spaces allowed. */
export function readIncrementalKeys(source: SourceText): readonly IncrementalKey[] {
  const pattern = /\[(?:'([^']*)'|"([^"]*)"|([^\]]*))\]?|([^.[]+)/g
  const keys: IncrementalKey[] = []
  pattern.lastIndex = 1
  for (let found = pattern.exec(source.text); found !== null; found = pattern.exec(source.text)) {
    const key = found[1] ?? found[2] ?? found[3] ?? found[4] ?? ''
    keys.push({ key, start: found.index, end: pattern.lastIndex })
  }
  return keys
}

/**
 * Walks key by key and says where the way ends.
 *
 * The function throws {@link PathFailure}.
 */
export function compileIncrementalPath(
  keys: readonly IncrementalKey[],
  source: SourceText,
): (context: unknown) => unknown {
  return (context) => {
    let value: unknown = asContext(context)
    let at = '$'
    for (const { key, start, end } of keys) {
      const next = findKey(value, key, at)
      if ('reason' in next) throw new PathFailure(describe(next), next, source.rangeOf(start, end))
      value = next.value
      at += `.${key}`
    }
    return value
  }
}

function findKey(value: unknown, key: string, at: string): { readonly value: unknown } | PathFailureDetails {
  if (Array.isArray(value)) {
    const index = Number.parseInt(key, 10)
    if (Number.isNaN(index)) return { reason: 'invalid-array-index', at, available: [] }
    if (index >= 0 && index < value.length) return { value: value[index] }
    return { reason: 'invalid-array-index', key: String(index), at, available: Object.keys(value) }
  }
  if (typeof value !== 'object' || value === null) return { reason: 'parent-not-an-object', key, at }
  if (Object.hasOwn(value, key)) return { value: (value as Data)[key] }
  return { reason: 'key-not-found', key, at, available: Object.keys(value) }
}

const shownKeys = 20

function describe({ reason, key, at, available }: PathFailureDetails): string {
  if (reason === 'parent-not-an-object') return `${at} is no object, so it has no ${key}.`
  if (reason === 'invalid-array-index') return `${at} is a list and has no element ${key ?? 'of that name'}.`
  const shown = available?.slice(0, shownKeys).join(', ')
  return `${at} has no ${key}; it has ${shown === '' ? 'no keys at all' : shown}.`
}
