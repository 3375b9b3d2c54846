import type { FilterNode } from './filter/filter-tree.ts'

/** The types of values that a selector such as `@string()` can name. */
export const valueTypes = [
  'null',
  'boolean',
  'number',
  'string',
  'integer',
  'undefined',
  'nonFinite',
  'scalar',
  'array',
  'object',
  'function',
  'other',
] as const

export type ValueType = (typeof valueTypes)[number]

/** A step of a path; `text` is its key if the data should have one of that name. Offsets count in the path's text. */
export type PathSegment = { readonly text: string; readonly start: number; readonly end: number } & (
  | { readonly kind: 'key' }
  | { readonly kind: 'wildcard' }
  | { readonly kind: 'descent' }
  | { readonly kind: 'parent' }
  | { readonly kind: 'keyName' }
  | { readonly kind: 'self' }
  | { readonly kind: 'slice'; readonly from: number; readonly to: number; readonly step: number }
  | { readonly kind: 'type'; readonly type: ValueType | undefined }
  | { readonly kind: 'escaped'; readonly key: string }
  | { readonly kind: 'union'; readonly parts: readonly PathSegment[] }
  /** An empty filter keeps nothing. */
  | { readonly kind: 'filter'; readonly condition: FilterNode | undefined }
  | { readonly kind: 'computed'; readonly index: FilterNode | undefined }
)
