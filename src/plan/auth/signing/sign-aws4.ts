import { createHash, createHmac } from 'node:crypto'
import { encodeValue } from '../../../http/index.ts'

/** What a signature is made from. */
export interface Aws4Keys {
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly sessionToken?: string | undefined
  readonly region: string
  readonly service: string
}

/** The part of a request that is signed. */
export interface SignableRequest {
  readonly method: string
  readonly url: string
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | Uint8Array | undefined
}

/**
 * The headers that AWS Signature Version 4 adds to a request, the checksum of a body included.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/create-signed-request.html
 */
export function signAws4(request: SignableRequest, keys: Aws4Keys, date: Date): Record<string, string> {
  const timestamp = date.toISOString().replace(/[-:]|\.\d{3}/g, '')
  const day = timestamp.slice(0, 8)
  const payloadHash = createHash('sha256')
    .update(request.body ?? '')
    .digest()
  const added: Record<string, string> = {
    'x-amz-date': timestamp,
    ...(keys.sessionToken === undefined ? {} : { 'x-amz-security-token': keys.sessionToken }),
    ...(request.body === undefined ? {} : { 'x-amz-checksum-sha256': payloadHash.toString('base64') }),
    // S3 alone demands it; elsewhere the signature covers the hash itself.
    ...(keys.service === 's3' ? { 'x-amz-content-sha256': payloadHash.toString('hex') } : {}),
  }
  const url = new URL(request.url)
  const signed = Object.entries({ ...request.headers, ...added, host: url.host })
    .filter(([name]) => name === 'host' || name === 'content-type' || name.startsWith('x-amz-'))
    .map(([name, value]): [string, string] => [name, value.trim().replace(/ +/g, ' ')])
    .sort(([a], [b]) => (a < b ? -1 : 1))
  const names = signed.map(([name]) => name).join(';')
  const canonical = [
    request.method,
    canonicalPath(url.pathname, keys.service),
    canonicalQuery(url.searchParams),
    ...signed.map(([name, value]) => `${name}:${value}`),
    '',
    names,
    payloadHash.toString('hex'),
  ].join('\n')
  const scope = `${day}/${keys.region}/${keys.service}/aws4_request`
  const digest = createHash('sha256').update(canonical).digest('hex')
  const text = `AWS4-HMAC-SHA256\n${timestamp}\n${scope}\n${digest}`
  const signature = hmac(signingKey(keys, day), text).toString('hex')
  const credential = `${keys.accessKeyId}/${scope}`
  return {
    ...added,
    authorization: `AWS4-HMAC-SHA256 Credential=${credential}, SignedHeaders=${names}, Signature=${signature}`,
  }
}

/** Every service but S3 wants the path without doubled slashes and, encoded as it is, encoded once more. */
function canonicalPath(path: string, service: string): string {
  return service === 's3'
    ? path
    : path
        .replace(/\/{2,}/g, '/')
        .split('/')
        .map(encodeValue)
        .join('/')
}

function canonicalQuery(parameters: URLSearchParams): string {
  return [...parameters]
    .map(([name, value]): [string, string] => [encodeValue(name), encodeValue(value)])
    .sort(([a, x], [b, y]) => (a === b ? (x < y ? -1 : 1) : a < b ? -1 : 1))
    .map(([name, value]) => `${name}=${value}`)
    .join('&')
}

function signingKey({ secretAccessKey, region, service }: Aws4Keys, day: string): Buffer {
  return [day, region, service, 'aws4_request'].reduce<Buffer>(
    (key, part) => hmac(key, part),
    Buffer.from(`AWS4${secretAccessKey}`),
  )
}

function hmac(key: Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest()
}
