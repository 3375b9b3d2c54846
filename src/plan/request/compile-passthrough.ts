import { InputError, PolicyError } from '../../errors/index.ts'
import { isRecord, type QueryParameter } from '../../http/index.ts'
import type { Compiler, DefinitionPath } from '../compiler.ts'
import type { Evaluate, RunContext } from '../run-context.ts'
import { toText } from './compile-arguments.ts'
import { writeUrlValue } from './url-value.ts'

/** The caller's own request, checked. */
export interface PassthroughRequest {
  readonly method: string
  /** Begins with a slash. */
  readonly path: string
  readonly query: readonly QueryParameter[]
  readonly body: unknown
}

const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE']
const reads = ['GET', 'HEAD']

/** Compiles `x-mainspring.passthrough`: method, path, query and body are the caller's, within the base URL. */
export function compilePassthrough(
  passthrough: Readonly<Record<string, unknown>>,
  compiler: Compiler,
  at: DefinitionPath,
): (context: RunContext, allowWrites: boolean) => PassthroughRequest {
  const part = (key: string): Evaluate => compiler.value(passthrough[key], [...at, key]).evaluate
  const [method, path, query, body] = [part('method'), part('path'), part('query'), part('body')]
  return (context, allowWrites) => {
    const verb = checkMethod(method(context) ?? 'get', allowWrites)
    const content = body(context)
    if (content !== undefined && reads.includes(verb)) refuse('body', `A ${verb} request has no body.`)
    return { method: verb, path: checkPath(path(context)), query: checkQuery(query(context)), body: content }
  }
}

function checkMethod(method: unknown, allowWrites: boolean): string {
  const verb = typeof method === 'string' ? method.toUpperCase() : ''
  if (!methods.includes(verb)) refuse('method', `Input "method" must be one of ${methods.join(', ')}.`)
  if (!reads.includes(verb) && !allowWrites)
    throw new PolicyError('policy/write-not-allowed', {
      message: `${verb} may change data at the provider, and the call does not allow writes.`,
    })
  return verb
}

function checkPath(path: unknown): string {
  if (typeof path !== 'string')
    return refuse('path', 'Input "path" must be a text: the path under the base URL.')
  if (path.includes('?'))
    return refuse('path', 'Input "path" must not hold a query; give it as the input "query".')
  if (/^[a-z][a-z0-9+.-]*:/i.test(path) || path.startsWith('//'))
    return refuse('path', 'Input "path" must be a path under the base URL, not a URL.')
  const trimmed = path.startsWith('/') ? path : `/${path}`
  // Checked once more as the server will read it, with %2e and %2f decoded.
  writeUrlValue(decode(trimmed), 'raw', 'inputs.path')
  return writeUrlValue(trimmed, 'raw', 'inputs.path').replace(/[^\x21-\x7e]+/g, encodeURIComponent)
}

function decode(path: string): string {
  if (!path.isWellFormed()) return refuse('path', 'Input "path" holds half of a surrogate pair.')
  try {
    return decodeURIComponent(path).replace(/\s|#/g, '_')
  } catch {
    return refuse('path', 'Input "path" has a percent sign that begins no valid escape.')
  }
}

function checkQuery(query: unknown): QueryParameter[] {
  if (query === undefined) return []
  if (!isRecord(query)) return refuse('query', 'Input "query" must be an object of names and values.')
  return Object.entries(query).flatMap(([name, value]): QueryParameter[] => {
    if (value === undefined) return []
    const values = Array.isArray(value) ? value : [value]
    if (values.some((item) => typeof item === 'object'))
      refuse(`query.${name}`, `Query value "${name}" must be a text, number, boolean, or a list of them.`)
    return [{ name, value: Array.isArray(value) ? values.map(toText) : toText(value), format: 'repeat' }]
  })
}

function refuse(name: string, message: string): never {
  throw new InputError([{ code: 'input/invalid', name, message }])
}
