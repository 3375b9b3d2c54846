/** How a list stands in a query: `k=1&k=2`, `k[]=1&k[]=2`, `k=1,2`, `k=[1,2]` or, without a format, `k[0]=1&k[1]=2`. */
export type ArrayFormat = 'repeat' | 'brackets' | 'comma' | 'stringify' | 'indexed'

/** One query parameter; a list is written by its format. */
export interface QueryParameter {
  readonly name: string
  readonly value: string | readonly string[]
  readonly format: ArrayFormat
}

const unreserved = /^[A-Za-z0-9_.~-]*$/

/**
 * One value of a path or query, percent-encoded (RFC 3986 unreserved characters stay).
 *
 * @throws {URIError} a lone surrogate
 */
export function encodeValue(value: string): string {
  if (unreserved.test(value)) return value
  return encodeURIComponent(value).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  )
}

/** `a=1&b=2`; without `encode` the values are taken as they are, for providers that want them raw. */
export function buildQueryString(parameters: readonly QueryParameter[], encode = true): string {
  const pairs: string[] = []
  const write = encode ? encodeValue : (text: string) => text
  // Brackets in a name are structure, not data: most servers read them only unencoded.
  const writeName = encode
    ? (name: string) =>
        name
          .split(/([[\]])/)
          .map((piece) => (piece === '[' || piece === ']' ? piece : encodeValue(piece)))
          .join('')
    : (name: string) => name
  for (const { name, value, format } of parameters) {
    if (typeof value === 'string') pairs.push(`${writeName(name)}=${write(value)}`)
    else pairs.push(...listPairs(writeName(name), value, format, write))
  }
  return pairs.join('&')
}

function listPairs(
  name: string,
  values: readonly string[],
  format: ArrayFormat,
  write: (text: string) => string,
): string[] {
  switch (format) {
    case 'repeat':
      return values.map((value) => `${name}=${write(value)}`)
    case 'brackets':
      return values.map((value) => `${name}[]=${write(value)}`)
    case 'comma':
      return [`${name}=${values.map(write).join(',')}`]
    case 'stringify':
      return [`${name}=${write(JSON.stringify(values))}`]
    case 'indexed':
      return values.map((value, index) => `${name}[${index}]=${write(value)}`)
  }
}

/** Puts a query behind a URL that may have one already. */
export function appendQuery(url: string, query: string): string {
  if (query === '') return url
  const separator = url.includes('?') ? (/[?&]$/.test(url) ? '' : '&') : '?'
  return `${url}${separator}${query}`
}
