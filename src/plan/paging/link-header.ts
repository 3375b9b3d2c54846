/**
 * The target of `rel="next"` in a Link header (RFC 8288), resolved against the request.
 *
 * @returns undefined where there is none, or it is no URL
 */
export function parseNextLink(header: string | undefined, requestUrl: string): string | undefined {
  if (header === undefined) return undefined
  for (const match of header.matchAll(
    /<([^>]*)>((?:\s*;\s*[\w!#$&+.^`|~-]+\*?\s*=\s*(?:"(?:[^"\\]|\\.)*"|[^",;\s]*))*)/g,
  )) {
    const [, target = '', parameters = ''] = match
    if (relationsOf(parameters).includes('next'))
      return URL.canParse(target, requestUrl) ? new URL(target, requestUrl).href : undefined
  }
  return undefined
}

/** Parameter by parameter, since a quoted title may hold what looks like another one. The first `rel` counts. */
function relationsOf(parameters: string): string[] {
  for (const [, name = '', quoted, bare] of parameters.matchAll(
    /;\s*([^\s=;]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^",;\s]*))/g,
  ))
    if (name.toLowerCase() === 'rel') return (quoted ?? bare ?? '').toLowerCase().split(/\s+/)
  return []
}
