import { InputError, type InputProblem } from '../errors/index.ts'
import type { PreparedRequest } from '../http/index.ts'

const headerName = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/
const forbiddenInValue = /[^\t\x20-\x7e\x80-\xff]/
// They tell where a message ends and what becomes of the connection; a wrong one would let a body be read as a request.
const ownHeaders = new Set([
  'connection',
  'content-length',
  'expect',
  'keep-alive',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
])

/**
 * Refuses what HTTP cannot carry, before anything is sent.
 *
 * @throws {InputError} naming every header that is at fault, without its value
 */
export function checkRequest(request: PreparedRequest): void {
  const problems: InputProblem[] = []
  const refuse = (name: string, message: string) => {
    problems.push({ code: 'input/invalid', name, message })
  }
  for (const name in request.headers) {
    if (!headerName.test(name)) refuse('headers', 'A header has a name that no header can have.')
    else if (ownHeaders.has(name.toLowerCase())) {
      refuse(name, `The header "${name}" is set by Mainspring itself and cannot be given.`)
    } else if (forbiddenInValue.test(request.headers[name] ?? '')) {
      refuse(name, `The header "${name}" holds a character that no header can carry.`)
    }
  }
  if (request.method === 'HEAD' && request.body !== undefined) {
    refuse('body', 'A HEAD request cannot carry a body.')
  }
  if (!/^https?:\/\//i.test(request.url) || !URL.canParse(request.url)) {
    refuse(
      'url',
      `The address of ${request.method} ${request.urlTemplate} is not a valid http or https address.`,
    )
  }
  if (problems.length > 0) throw new InputError(problems)
}
