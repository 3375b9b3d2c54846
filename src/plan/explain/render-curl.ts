import type { ExplainedRequest } from './explained-request.ts'

/**
 * Requests as commands of a POSIX shell: exactly one `curl` a request, one `-H` a header, the body byte for byte. They
 * run as they stand once the masked values are filled in.
 */
export function renderCurl(requests: readonly ExplainedRequest[]): string {
  return requests.map((request) => `${commandOf(request)}\n`).join('')
}

function commandOf({ method, url, headers, bodyText }: ExplainedRequest): string {
  return [
    'curl',
    // With -X HEAD curl would wait for a body that never comes.
    ...(method === 'HEAD' ? ['--head'] : ['-X', method]),
    // Brackets and braces in a URL are patterns to curl.
    ...(/[[\]{}]/.test(url) ? ['--globoff'] : []),
    ...('accept-encoding' in headers ? ['--compressed'] : []),
    quote(url),
    ...Object.entries(headers).flatMap(([name, value]) => ['-H', quote(headerOf(name, value))]),
    ...(bodyText === undefined ? [] : ['--data-raw', quote(bodyText)]),
  ].join(' ')
}

/** `name:` alone would tell curl to remove the header. */
function headerOf(name: string, value: string): string {
  return value === '' ? `${name};` : `${name}: ${value}`
}

function quote(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`
}
