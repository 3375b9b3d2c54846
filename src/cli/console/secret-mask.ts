const mask = '***'
/** As in the engine: hiding every `ab` would spoil whatever is printed and protect nothing. */
const shortestSecret = 4

/**
 * Hides the secrets of a call wherever they turn up in what is printed, as the last guard behind the engine's own
 * masking: a provider can echo a key in any field.
 */
export interface SecretMask {
  /** Hides these values from now on. */
  add(secrets: readonly string[]): void
  text(text: string): string
  /** JSON text of the value; a secret is hidden inside strings and keys only, so the text stays JSON. */
  json(value: unknown, indent?: number): string
}

export function createSecretMask(): SecretMask {
  const secrets = new Set<string>()
  let pattern: RegExp | undefined

  const hide = (text: string) => (pattern === undefined ? text : text.replace(pattern, mask))

  return {
    add(values) {
      for (const value of values) for (const form of formsOf(value)) secrets.add(form)
      for (const [first, second] of pairsOf(values)) secrets.add(base64Of(`${first}:${second}`))
      pattern = patternOf(secrets)
    },
    text: hide,
    json(value, indent) {
      const text = JSON.stringify(value, undefined, indent) ?? 'null'
      // Nearly no text holds one: looking first is much cheaper than rebuilding each value.
      if (pattern === undefined || text.search(pattern) === -1) return text
      return JSON.stringify(hideWithin(value, hide), undefined, indent)
    },
  }
}

/** As it stands, and as it looks inside JSON, a URL, a shell command and an authorization header. */
function formsOf(secret: string): readonly string[] {
  if (secret.trim().length < shortestSecret) return []
  const inJson = JSON.stringify(secret).slice(1, -1)
  const inUrl = encodeURIComponent(secret.toWellFormed())
  const inShell = secret.replaceAll("'", "'\\''")
  return [secret, secret.trim(), inJson, inUrl, inShell, base64Of(secret)]
}

/** Two values in a row are what basic and token schemes encode. */
function pairsOf(values: readonly string[]): readonly (readonly [string, string])[] {
  return values.flatMap((first) => values.map((second) => [first, second] as const))
}

function base64Of(text: string): string {
  return Buffer.from(text).toString('base64')
}

function patternOf(secrets: ReadonlySet<string>): RegExp | undefined {
  if (secrets.size === 0) return undefined
  const longestFirst = [...secrets].sort((a, b) => b.length - a.length)
  return new RegExp(longestFirst.map(escapePattern).join('|'), 'g')
}

function escapePattern(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')
}

function hideWithin(value: unknown, hide: (text: string) => string): unknown {
  if (typeof value === 'string') return hide(value)
  if (Array.isArray(value)) return value.map((item) => hideWithin(item, hide))
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).map(([key, item]) => [hide(key), hideWithin(item, hide)])
  return Object.fromEntries(entries)
}
