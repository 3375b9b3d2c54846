import type { PreparedRequest } from './prepared-request.ts'
import { createRedactor, mask, type Redact } from './redact.ts'

/** The address of a request as it may be shown: secret query values and everything like a secret masked. */
export function maskUrl(
  url: string,
  secrets: PreparedRequest['secrets'],
  redact: Redact = createRedactor(secrets.values),
): string {
  const anonymous = !url.includes('@') ? url : url.replace(/^([^/?#]*\/\/)[^/?#]*@/, `$1${mask}@`)
  return redact(secrets.query.size === 0 ? anonymous : maskQuery(anonymous, secrets.query))
}

/** The headers of a request as they may be shown: a secret one as its safe text, secrets in others masked. */
export function maskHeaders(
  headers: Readonly<Record<string, string>>,
  secrets: PreparedRequest['secrets'],
  redact: Redact = createRedactor(secrets.values),
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, secrets.headers.get(name) ?? redact(value)]),
  )
}

function maskQuery(url: string, names: ReadonlySet<string>): string {
  const [, address = '', query, fragment = ''] = /^([^?#]*)(?:\?([^#]*))?(#.*)?$/s.exec(url) ?? []
  if (query === undefined) return url
  const pairs = query.split('&').map((pair) => {
    const [name = ''] = pair.split('=', 1)
    return names.has(decodeName(name)) ? `${name}=${mask}` : pair
  })
  return `${address}?${pairs.join('&')}${fragment}`
}

function decodeName(name: string): string {
  const [[decoded = name] = []] = new URLSearchParams(name)
  return decoded
}
