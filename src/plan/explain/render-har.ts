import type { ExplainedRequest } from './explained-request.ts'

/** What the log says of itself. */
export interface HarCreation {
  /** Of Mainspring. */
  readonly version: string
  readonly startedAt: Date
}

/**
 * Requests as an HTTP archive (HAR 1.2). Nothing was sent: each entry has the empty response with status 0 that
 * browsers write for a request without an answer.
 */
export function renderHar(
  requests: readonly ExplainedRequest[],
  { version, startedAt }: HarCreation,
): unknown {
  const entries = requests.map((request) => ({
    startedDateTime: startedAt.toISOString(),
    time: 0,
    request: harRequest(request),
    response: unansweredResponse,
    cache: {},
    timings: { send: 0, wait: 0, receive: 0 },
    comment: `step ${request.step}; explained, not sent`,
  }))
  return { log: { version: '1.2', creator: { name: 'mainspring', version }, entries } }
}

function harRequest({ method, url, headers, bodyText }: ExplainedRequest): unknown {
  const mimeType = headers['content-type'] ?? ''
  return {
    method,
    // Importers take a URI only; a placeholder such as `<firmName>` is none.
    url: url.replace(/[<>]/g, encodeURIComponent),
    httpVersion: 'HTTP/1.1',
    cookies: [],
    headers: Object.entries(headers).map(([name, value]) => ({ name, value })),
    queryString: [...new URLSearchParams(queryOf(url))].map(([name, value]) => ({ name, value })),
    ...(bodyText === undefined ? {} : { postData: { mimeType, params: [], text: bodyText } }),
    headersSize: -1,
    bodySize: Buffer.byteLength(bodyText ?? ''),
  }
}

const unansweredResponse = {
  status: 0,
  statusText: '',
  httpVersion: 'HTTP/1.1',
  cookies: [],
  headers: [],
  content: { size: 0, mimeType: 'x-unknown' },
  redirectURL: '',
  headersSize: -1,
  bodySize: -1,
}

function queryOf(url: string): string {
  const start = url.indexOf('?')
  return start === -1 ? '' : url.slice(start + 1).replace(/#.*$/s, '')
}
