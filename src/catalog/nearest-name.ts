import { closest, distance } from 'fastest-levenshtein'

/** The known name that was probably meant, or undefined where none is near: a third of its letters may differ. */
export function nearestName(name: string, known: readonly string[]): string | undefined {
  if (known.length === 0) return undefined
  const candidate = closest(name, [...known])
  return distance(name, candidate) <= Math.max(1, Math.floor(candidate.length / 3)) ? candidate : undefined
}
