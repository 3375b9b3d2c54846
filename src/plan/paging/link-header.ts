/**
 * The target of `rel="next"` in a Link header (RFC 8288), resolved against the request.
 *
 * @returns undefined where there is none, or it is no URL
 */
export function parseNextLink(header: string | undefined, requestUrl: string): string | undefined {
  if (header === undefined) return undefined
  for (const match of header.matchAll(/<([^>]*)>((?:\s*;\s*[\w!#$&+.^`|~-]+\*?\s*=\s*(?:"(?:[^"\\]|\\.)*"|[^",;\s]*))*)/g)) {
    const [, target = '', parameters = ''] = match
    const relation = /;\s*rel\s*=\s*(?:"([^"]*)"|([^",;\s]*))/i.exec(parameters)
    const names = (relation?.[1] ?? relation?.[2] ?? '').toLowerCase().split(/\s+/)
    if (names.includes('next')) return URL.canParse(target, requestUrl) ? new URL(target, requestUrl).href : undefined
  }
  return undefined
}
