import type { ActionListing } from '../../catalog/index.ts'

/** What an action does to the provider, in a word. */
export function effectWord({ passthrough, effect, listing }: ActionListing): string {
  if (passthrough) return 'Any call'
  if (effect === 'write') return 'Writes'
  return listing === undefined ? 'Reads' : 'Lists'
}
