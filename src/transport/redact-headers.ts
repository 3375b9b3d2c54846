import type { Redact } from '../http/index.ts'

type Headers = Readonly<Record<string, string>>

/** The headers of an answer with the secrets of the request masked. */
export function redactHeaders(headers: Headers, redact: Redact): Headers {
  // Hardly ever is there something to mask, and one search costs less than one a header.
  let joined = ''
  for (const name in headers) joined += `${headers[name]}\n`
  if (redact(joined) === joined) return headers
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, redact(value)]))
}
