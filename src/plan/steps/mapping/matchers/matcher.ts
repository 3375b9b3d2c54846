/** A built-in matcher: from a value of the provider to one of a well-known list. */
export interface Matcher {
  /** Brings the tables it needs. Nothing is loaded for connectors that use no matcher. */
  readonly load: () => Promise<void>
  /** Undefined where nothing fits. Only after `load`. */
  readonly match: (value: unknown) => unknown
}

/** A name as it is compared: no case, no accents, no punctuation, single spaces. */
export function foldName(value: unknown): string {
  if (typeof value !== 'string') return ''
  return value
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/&/g, ' and ')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
    .toLowerCase()
}

/** A table that is built once, at the first load. */
export function onceLoaded<Table>(build: () => Promise<Table>): {
  readonly load: () => Promise<void>
  readonly table: () => Table
} {
  let loading: Promise<void> | undefined
  let table: Table | undefined
  return {
    load: () => {
      loading ??= build().then((built) => {
        table = built
      })
      return loading
    },
    table: () => {
      if (table === undefined) throw new Error('A matcher was used before its tables were loaded.')
      return table
    },
  }
}
