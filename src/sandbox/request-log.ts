import type { AuthVerdict } from './auth.ts'
import type { FaultKind } from './faults/rule.ts'

/** A request as the sandbox remembers it, without any credential. */
export interface RecordedRequest {
  /** Also the answer's `X-Request-Id`. */
  readonly id: string
  /** ISO time, from the sandbox's clock. */
  readonly at: string
  readonly method: string
  /** As it was sent, still encoded, without the query. */
  readonly path: string
  /** A name that was sent more than once has a list. */
  readonly query: Readonly<Record<string, string | readonly string[]>>
  /** Names in lower case, in the order sent. */
  readonly headers: readonly string[]
  readonly auth: AuthVerdict
  /** The JSON value; the text where it is no JSON; null where there is none. */
  readonly body: unknown
  /** The status answered; null while it is awaited, or where the connection was dropped instead. */
  readonly status: number | null
  readonly fault: FaultKind | null
  /** Query values and body fields that had no effect, by name. */
  readonly ignored: readonly string[]
}

export type OpenRecord = { -readonly [Field in keyof RecordedRequest]: RecordedRequest[Field] }

/** Rows kept; older ones are forgotten. */
export const logLimit = 1000

/** Longer bodies are remembered by their length only. */
const maxBodyLength = 65_536
const shortestSecret = 4

/** The newest entries of something that goes on for ever. */
export class BoundedLog<Entry> {
  readonly entries: Entry[] = []

  add(entry: Entry): void {
    if (this.entries.length === logLimit) this.entries.shift()
    this.entries.push(entry)
  }

  clear(): void {
    this.entries.length = 0
  }
}

/** Replaces each secret, plain or percent-encoded, wherever a careless caller has put it. */
export function masker(secrets: readonly string[]): (text: string) => string {
  const spellings = secrets
    .filter((secret) => secret.length >= shortestSecret)
    .flatMap((secret) => [secret, encodeURIComponent(secret)])
    .toSorted((one, other) => other.length - one.length)
  return (text) => spellings.reduce((masked, secret) => masked.replaceAll(secret, '***'), text)
}

/** The body for the log. Masking works on the text, so that keys of objects are covered, too. */
export function recordedBody(text: string, mask: (text: string) => string): unknown {
  if (text === '') return null
  if (text.length > maxBodyLength) return `(${text.length} characters)`
  const masked = mask(text)
  try {
    return JSON.parse(masked)
  } catch {
    return masked
  }
}

export function recordedQuery(
  query: URLSearchParams,
  mask: (text: string) => string,
): RecordedRequest['query'] {
  const names = [...new Set(query.keys())]
  return Object.fromEntries(
    names.map((name) => {
      const values = query.getAll(name).map(mask)
      return [mask(name), values.length === 1 ? (values[0] as string) : values]
    }),
  )
}
