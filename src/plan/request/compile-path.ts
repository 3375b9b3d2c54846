/** A dotted path through own keys; `$` is the value itself. */
export function compilePath(path: string): (value: unknown) => unknown {
  const keys = path === '$' ? [] : path.replace(/^\$\./, '').split('.')
  return (value) => {
    let current = value
    for (const key of keys) {
      if (typeof current !== 'object' || current === null || !Object.hasOwn(current, key)) return undefined
      current = (current as Record<string, unknown>)[key]
    }
    return current
  }
}
