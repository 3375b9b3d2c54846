import { AuthError, InputError, StepError } from '../../errors/index.ts'
import { encodeValue } from '../../http/index.ts'

/**
 * Where in a URL a value stands; it decides how the value is checked and encoded. `base`: the value is the start of
 * the URL; `authority`: within host and port; `path`, `query`: one segment or value; `raw`: a path that an
 * expression of the author computes as a whole.
 */
export type Region = 'base' | 'authority' | 'path' | 'query' | 'raw'

/** Stands for a credential that explain was not given. */
const placeholder = /^<\w+>$/
/** Labels of DNS (RFC 1123), within the length of a name; a port may follow. */
const host =
  /^(?=.{1,253}(?:$|:))(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.(?!:|$)|(?=:|$)))+(?::\d{1,5})?$/i
/** Scheme, host and port, and a path at most: what follows in the template must still be path. */
const base =
  /^https?:\/\/(?:[a-z0-9_](?:[a-z0-9._-]*[a-z0-9_])?\.?|\[[0-9a-f:.]+\])(?::\d{1,5})?(?:\/[\x21-\x7e]*)?$/i
const traversal = /(?:^|[/\\])(?:\.|%2e){1,2}(?:$|[/\\?#])/i
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is refused
const unsafeInPath = /[\u0000-\u0020\u007f\\#]/

/**
 * A value as it may stand in a URL.
 *
 * @param reads - what the value reads, such as `inputs.person_id`: who is to blame for it
 * @throws {InputError | AuthError | StepError} a value that is missing or cannot stand there
 */
export function writeUrlValue(value: unknown, region: Region, reads: string): string {
  if (value === undefined || value === null)
    return refuseValue(reads, 'is needed in the URL and is missing', true)
  if (typeof value === 'object')
    return refuseValue(reads, 'stands in the URL and must be a text, number or boolean')
  const text = String(value)
  switch (region) {
    case 'base':
      if (placeholder.test(text)) return text
      if (!/^https?:\/\//i.test(text)) return refuseValue(reads, 'must be an http or https URL')
      return base.test(text) && !traversal.test(text) && !/[?#\\]/.test(text)
        ? text
        : refuseValue(reads, 'must be scheme, host and path in ASCII, without query, user or ".."')
    case 'authority':
      return host.test(text) || placeholder.test(text)
        ? text
        : refuseValue(reads, 'must be a host name: letters, digits, dots and hyphens')
    case 'raw':
      return traversal.test(text) || unsafeInPath.test(text)
        ? refuseValue(reads, 'does not give a safe path')
        : text
    case 'path':
      if (text === '' || text === '.' || text === '..')
        return refuseValue(reads, 'stands in the path and must not be empty, "." or ".."')
      return encode(text, reads)
    case 'query':
      return encode(text, reads)
  }
}

function encode(text: string, reads: string): string {
  if (!text.isWellFormed())
    return refuseValue(reads, 'holds half of a surrogate pair, which no URL can carry')
  return encodeValue(text)
}

/** Throws the error that fits who gave the value: the caller's inputs, the credentials, or an earlier step. */
export function refuseValue(reads: string, why: string, missing = false): never {
  const [root, ...rest] = reads.split('.')
  const name = rest.join('.')
  if (root === 'inputs')
    throw new InputError([
      { code: missing ? 'input/missing' : 'input/invalid', name, message: `Input "${name}" ${why}.` },
    ])
  if (root === 'credentials') {
    const code = missing ? 'auth/missing-credential' : 'auth/invalid-credential'
    throw new AuthError(code, { message: `Credential "${name}" ${why}.` }, [
      { code, name, message: `Credential "${name}" ${why}.` },
    ])
  }
  throw new StepError('step/failed', { message: `"${reads}" ${why}.` })
}
