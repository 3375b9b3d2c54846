/**
 * A value on the way of a path, and the way to it: `^`, `~` and the variables of filters look back. `up` is the
 * step before, which is the same value again behind `..` and a union.
 */
export interface Frame {
  readonly value: unknown
  /** Key within the container; null for the root. */
  readonly key: string | number | null
  readonly container: unknown
  readonly up: Frame | null
}

/** The place of a frame as text: `$['items'][0]`. */
export function describeFrame(frame: Frame): string {
  const keys: string[] = []
  for (let at: Frame | null = frame; at !== null; at = at.up) {
    const same: boolean = at.up !== null && at.up.key === at.key && at.up.container === at.container
    if (at.key !== null && !same) keys.push(/^\d+$/.test(String(at.key)) ? `[${at.key}]` : `['${at.key}']`)
  }
  return `$${keys.reverse().join('')}`
}
