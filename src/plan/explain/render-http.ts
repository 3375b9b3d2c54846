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
    ...sourceLines(request.sources, displayPath),
    ...request.notes.map(({ message }) => `# note: ${message}`),
    `${request.method} ${request.url}`,
    ...Object.entries(request.headers).map(([name, value]) => `${name}: ${value}`),
    ...(body === undefined ? [] : ['', body]),
  ]
  return `${lines.join('\n')}\n`
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
  if (typeof body === 'object' && body !== null) return JSON.stringify(body, undefined, 2)
  return text
}
