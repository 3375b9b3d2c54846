import { holdsLargeNumber, readExactJson, writeExactJson } from '../../http/index.ts'
import type { RequestPart } from '../request/request-part.ts'
import type { ExplainedRequest } from './explained-request.ts'

/**
 * Requests as an `.http` file: above each one comments with the place in the definition that each part comes from.
 *
 * @param displayPath - how to show the path of a file
 */
export function renderHttp(
  requests: readonly ExplainedRequest[],
  displayPath: (path: string) => string = (path) => path,
): string {
  return requests.map((request) => renderRequest(request, displayPath)).join('\n###\n\n')
}

function renderRequest(request: ExplainedRequest, displayPath: (path: string) => string): string {
  const body = bodyText(request)
  const lines = [
    `# step ${request.step}`,
    `# ${retryWords(request)}`,
    ...sourceLines(request.sources, displayPath),
    ...request.notes.map(({ message }) => `# note: ${message}`),
    `${request.method} ${request.url}`,
    ...Object.entries(request.headers).map(([name, value]) => `${name}: ${value}`),
    ...(body === undefined ? [] : ['', body]),
  ]
  return `${lines.join('\n')}\n`
}

function retryWords({ retry: { safe, because, header, action } }: ExplainedRequest): string {
  switch (because) {
    case 'reads':
      return 'sent again after a failure: it reads'
    case 'writes':
      return 'sent once: it writes, and goes out again only where no connection was made'
    case 'keyed':
      return `sent again after a failure: the same ${header} goes with it, so that it is carried out once`
    case 'looked-up':
      return `sent once: it writes; where its answer is lost, ${action} looks whether it happened`
    case 'original':
      return 'sent again after 429 alone, as the original does'
    case 'streamed':
      return 'sent once: a file goes with it'
    case 'declared':
      return safe
        ? 'sent again after a failure: x-mainspring.retry says that this is safe'
        : 'sent once: x-mainspring.retry says that more is not safe'
  }
}

function sourceLines(
  sources: readonly RequestPart[],
  displayPath: (path: string) => string,
): readonly string[] {
  const width = Math.max(0, ...sources.map(({ part }) => part.length))
  return sources.map(({ part, location: { file, range } }) => {
    return `# ${part.padEnd(width)}  ${displayPath(file)}:${range.start.line}`
  })
}

/** JSON is indented for reading: its meaning is the same. */
function bodyText({ body, bodyText: text }: ExplainedRequest): string | undefined {
  if (typeof body !== 'object' || body === null) return text
  // The value has a text in place of a large integer; what is sent has the number.
  const exact = text !== undefined && holdsLargeNumber(text)
  return writeExactJson(exact ? readExactJson(text) : body, 2)
}
