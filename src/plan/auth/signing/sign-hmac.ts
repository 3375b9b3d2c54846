import { createHash, createHmac } from 'node:crypto'
import type { SignableRequest } from './sign-aws4.ts'

/** How a keyed hash is made and sent. */
export interface HmacRules {
  readonly algorithm: 'sha256' | 'sha512' | 'sha1'
  readonly headerName: string
  readonly prefix: string
  readonly dateFormat: 'iso8601' | 'rfc2822'
  readonly includeHost: boolean
  readonly includeBodyHash: boolean
  readonly outputFormat: 'header' | 'basic'
  readonly username: string
}

/** The headers of a keyed hash over date, method, host, path, sorted query and the hash of the body, a line each. */
export function signHmac(
  request: SignableRequest,
  rules: HmacRules,
  secretKey: string,
  date: Date,
): Record<string, string> {
  const url = new URL(request.url)
  const time = rules.dateFormat === 'rfc2822' ? date.toUTCString() : date.toISOString()
  const query = url.search.slice(1).split('&').sort().join('&')
  const lines = [
    time,
    request.method,
    ...(rules.includeHost ? [url.host] : []),
    url.pathname,
    query,
    ...(rules.includeBodyHash
      ? [
          createHash('sha256')
            .update(request.body ?? '')
            .digest('hex'),
        ]
      : []),
  ]
  const signature = createHmac(rules.algorithm, secretKey).update(lines.join('\n')).digest('hex')
  if (rules.outputFormat === 'basic') {
    const pair = Buffer.from(`${rules.username}:${signature}`).toString('base64')
    return { authorization: `Basic ${pair}`, date: time }
  }
  return { [rules.headerName.toLowerCase()]: `${rules.prefix} ${signature}`, 'x-timestamp': time }
}
