import semver from 'semver'
import type { ChangeClass } from './change.ts'

/** The part of a version that has to grow. */
export type Bump = 'major' | 'minor' | 'patch' | 'none'

/**
 * The bump that a class of change requires. Before 1.0.0 a minor version may break (Semantic Versioning 2.0.0, item 4),
 * so one step less is enough there.
 */
export function requiredBump(worst: ChangeClass | undefined, from: string): Bump {
  if (worst === undefined) return 'none'
  const early = semver.major(from) === 0
  if (worst === 'breaking') return early ? 'minor' : 'major'
  return worst === 'feature' && !early ? 'minor' : 'patch'
}

/** The first version that is high enough; the same where nothing changed. */
export function lowestVersion(from: string, bump: Bump): string {
  return bump === 'none' ? from : (semver.inc(from, bump) ?? from)
}

/** Undefined where one of the two is no version. */
export function isHighEnough(from: string, to: string, bump: Bump): boolean | undefined {
  if (semver.valid(from) === null || semver.valid(to) === null) return undefined
  return semver.gte(to, lowestVersion(from, bump))
}
