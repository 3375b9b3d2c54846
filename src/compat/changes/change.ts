import type { Location } from '../../errors/index.ts'

/** What a change means to those who call the connector: they break, they can do more, or neither. */
export type ChangeClass = 'breaking' | 'feature' | 'fix'

/** One difference between two versions of a connector, as a caller sees it. */
export interface Change {
  /** Stable: `compat/input-removed`. */
  readonly code: string
  readonly class: ChangeClass
  /** What changed, with its names. */
  readonly message: string
  /** The key of the format it is about: `Input.required`; `Input[]` for a whole entry. */
  readonly subject: string
  /** The action it belongs to, where it belongs to one. */
  readonly action?: string
  /** Where it stood; absent where it is new. */
  readonly before?: Location
  /** Where it stands; absent where it is gone. */
  readonly after?: Location
}

const weights: Readonly<Record<ChangeClass, number>> = { fix: 0, feature: 1, breaking: 2 }

/** Breaking ones first. */
export function compareClasses(a: ChangeClass, b: ChangeClass): number {
  return weights[b] - weights[a]
}
