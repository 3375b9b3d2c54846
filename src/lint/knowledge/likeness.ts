import type { ActionView } from '../view/connector-view.ts'
import { memberOf, textOf } from '../view/read-tree.ts'
import { contentWords } from './words.ts'

/** What an agent tells an action by. */
export function wordsOfAction({ map, id }: ActionView): ReadonlySet<string> {
  return new Set(
    [id, textOf(memberOf(map, 'label')) ?? '', textOf(memberOf(map, 'description')) ?? ''].flatMap(
      contentWords,
    ),
  )
}

/**
 * Share of words that two actions have in common, from 0 to 1 (Jaccard).
 *
 * @param atLeast - what is of interest: where their numbers alone rule that out, 0 is given at once
 */
export function likeness(one: ReadonlySet<string>, other: ReadonlySet<string>, atLeast = 0): number {
  if (Math.min(one.size, other.size) < atLeast * Math.max(one.size, other.size)) return 0
  let common = 0
  for (const word of one) if (other.has(word)) common += 1
  return common / (one.size + other.size - common || 1)
}
