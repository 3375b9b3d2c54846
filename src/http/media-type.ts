/** The type without its parameters, in lower case: `application/json; charset=utf-8` is `application/json`. */
export function mediaType(contentType: string | undefined): string {
  return (contentType ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? ''
}

/** `application/json`, `application/problem+json` and their like. */
export function isJson(type: string): boolean {
  return /^application\/(?:[\w.-]+\+)?json$/.test(type) || type === 'text/json'
}

/** `application/xml`, `text/xml`, `application/soap+xml` and their like. */
export function isXml(type: string): boolean {
  return /^(?:application|text)\/(?:[\w.-]+\+)?xml$/.test(type)
}
