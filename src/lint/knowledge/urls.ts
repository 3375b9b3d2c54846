/** The host of an absolute URL, expressions in it left as they are; undefined where it has none. */
export function hostOf(url: string): string | undefined {
  return /^[a-z][a-z0-9+.-]*:\/\/([^/?#]+)/i
    .exec(url)?.[1]
    ?.replace(/^[^@]*@/, '')
    .toLowerCase()
}

/** The part of a host that belongs to one owner: the last two labels, or three under a common second level. */
export function siteOf(host: string): string {
  const labels = host.replace(/:\d+$/, '').split('.')
  const second = labels.at(-2) ?? ''
  const count = /^(?:co|com|org|net|gov|ac|edu)$/.test(second) && (labels.at(-1)?.length ?? 0) === 2 ? 3 : 2
  return labels.slice(-count).join('.')
}

export function isLoopback(host: string): boolean {
  return /^(?:localhost|127(?:\.\d+){3}|\[::1\])(?::\d+)?$/.test(host)
}

/** The text of a URL with every hole replaced, so that its fixed parts can be looked at. */
export function withoutHoles(url: string): string {
  return url.replaceAll(/\$\{[^}]*\}/g, '\u0000').replace(/^\{\{.*\}\}$/s, '\u0000')
}
