import { isRecord, type PreparedRequest } from '../../http/index.ts'
import { redactorsOf } from '../../transport/index.ts'

const maxLength = 500

/**
 * The provider's own words about a failure: where the definition says they stand, then where the format looks.
 *
 * @param readers - the paths that the definition declares, compiled
 */
export function findProviderMessage(
  body: unknown,
  readers: readonly ((body: unknown) => unknown)[],
): string | undefined {
  const declared = readers.map((read) => read(body)).find(isText)
  const message = declared ?? standardMessage(body)
  if (!isText(message)) return undefined
  const line = message.replace(/\s+/g, ' ').trim()
  return line.length > maxLength ? `${line.slice(0, maxLength)}…` : line
}

/**
 * Words as people may read them. The answer was masked already, but for what is too short to be looked for in data; and
 * the definition may have put a credential into a message of its own.
 */
export function tellWords(words: string | undefined, { secrets }: PreparedRequest): string | undefined {
  return words === undefined ? undefined : redactorsOf(secrets.values).shown(words)
}

function standardMessage(body: unknown): unknown {
  if (typeof body === 'string') return /^\s*</.test(body) ? titleOf(body) : body
  if (Array.isArray(body)) return standardMessage(body[0])
  if (!isRecord(body)) return undefined
  const error = isRecord(body['error']) ? body['error']['message'] : body['error']
  return [
    body['message'],
    error,
    body['error_description'],
    Array.isArray(body['errors']) ? standardMessage(body['errors'][0]) : undefined,
  ].find(isText)
}

/** Of a page that a proxy put in the provider's place, only the title says anything. */
function titleOf(page: string): string | undefined {
  return /<title[^>]{0,100}>([^<]{1,200})/i.exec(page)?.[1]
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value.trim() !== ''
}
