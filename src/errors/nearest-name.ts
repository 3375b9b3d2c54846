import { closest, distance } from 'fastest-levenshtein'

/** The candidate that was probably meant: equal but for case and separators, or a few letters away. */
export function nearestName(name: string, candidates: readonly string[]): string | undefined {
  if (name.length > 64 || candidates.length === 0) return undefined
  const plain = plainForm(name)
  const same = candidates.find((candidate) => plainForm(candidate) === plain)
  if (same !== undefined) return same
  const nearest = closest(name, [...candidates])
  // A swap of two letters counts as two changes.
  const shorter = Math.min(name.length, nearest.length)
  const allowed = shorter < 4 ? 1 : Math.max(2, Math.floor(shorter / 3))
  return distance(name.toLowerCase(), nearest.toLowerCase()) <= allowed ? nearest : undefined
}

function plainForm(name: string): string {
  return name.toLowerCase().replaceAll(/[_-]/g, '')
}
