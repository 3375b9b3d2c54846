import { InvalidArgumentError } from 'commander'

/** setTimeout fires at once beyond this many milliseconds. */
const longestTimeoutMs = 2 ** 31 - 1
const millisecondsIn: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 }

/** `30000`, `500ms`, `30s`, `2m` or `1h`, as milliseconds. */
export function parseDuration(text: string): number {
  const { amount, unit } = /^(?<amount>\d+(?:\.\d+)?)(?<unit>ms|s|m|h)?$/.exec(text)?.groups ?? {}
  const milliseconds = Math.round(Number(amount) * (millisecondsIn[unit ?? 'ms'] ?? Number.NaN))
  if (milliseconds >= 1 && milliseconds <= longestTimeoutMs) return milliseconds
  throw new InvalidArgumentError('Give milliseconds, or a time such as 500ms, 30s, 2m or 1h.')
}

/** A whole number within bounds. */
export function parseWhole(min: number, max: number = Number.MAX_SAFE_INTEGER): (text: string) => number {
  return (text) => {
    const number = Number(text)
    if (/^\d+$/.test(text) && number >= min && number <= max) return number
    const range = max === Number.MAX_SAFE_INTEGER ? `of at least ${min}` : `from ${min} to ${max}`
    throw new InvalidArgumentError(`Give a whole number ${range}.`)
  }
}

/** `http://127.0.0.1:4100`: scheme, host and port alone. */
export function parseOrigin(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined
  const bare = url !== undefined && text.replace(/\/$/, '').toLowerCase() === url.origin
  if (bare && (url.protocol === 'http:' || url.protocol === 'https:')) return url.origin
  throw new InvalidArgumentError('Give scheme, host and port alone, such as http://127.0.0.1:4100.')
}

/** `name=value`, gathered over all occurrences of the option. */
export function collectInput(text: string, previous: readonly NamedText[] = []): readonly NamedText[] {
  const split = text.indexOf('=')
  if (split < 1) throw new InvalidArgumentError('Give name=value.')
  const name = text.slice(0, split)
  if (previous.some((input) => input.name === name)) {
    throw new InvalidArgumentError(`${name} is given twice; a list is one JSON value.`)
  }
  return [...previous, { name, text: text.slice(split + 1) }]
}

/** The value of an `--input` before it takes the declared type. */
export interface NamedText {
  readonly name: string
  readonly text: string
}

export function collectText(text: string, previous: readonly string[] = []): readonly string[] {
  return [...previous, text]
}

const parsePort = parseWhole(1, 65_535)

export function collectPort(text: string, previous: readonly number[] = []): readonly number[] {
  return [...previous, parsePort(text)]
}
