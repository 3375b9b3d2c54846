/** Where a request goes, read from its raw target: `URL` would resolve `..` and hide a connector's mistake. */
export interface Target {
  /** As sent, without the query. */
  readonly path: string
  readonly query: URLSearchParams
  /** Decoded; null where an escape is broken. */
  readonly segments: readonly string[] | null
}

export function parseTarget(text: string): Target {
  const mark = text.indexOf('?')
  const path = mark === -1 ? text : text.slice(0, mark)
  const query = new URLSearchParams(mark === -1 ? '' : text.slice(mark + 1))
  return { path, query, segments: decoded(path) }
}

function decoded(path: string): readonly string[] | null {
  try {
    return path.slice(1).split('/').map(decodeURIComponent)
  } catch {
    return null
  }
}
