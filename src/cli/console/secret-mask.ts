import { createRedactor, type Redact } from '../../http/index.ts'

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
  let hide: Redact = (text) => text

  return {
    add(values) {
      // A table leaves out the spaces around a value.
      for (const value of values) secrets.add(value).add(value.trim())
      // Two values in a row are what basic and token schemes encode; a short one is found in no other way.
      for (const first of values)
        for (const second of values) secrets.add(Buffer.from(`${first}:${second}`).toString('base64'))
      hide = createRedactor([...secrets])
    },
    text: (text) => hide(text),
    json(value, indent) {
      const text = JSON.stringify(value, undefined, indent) ?? 'null'
      // Nearly no text holds one: looking first is much cheaper than rebuilding each value.
      if (hide(text) === text) return text
      return JSON.stringify(hideWithin(value, hide), undefined, indent)
    },
  }
}

function hideWithin(value: unknown, hide: (text: string) => string): unknown {
  if (typeof value === 'string') return hide(value)
  if (Array.isArray(value)) return value.map((item) => hideWithin(item, hide))
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).map(([key, item]) => [hide(key), hideWithin(item, hide)])
  return Object.fromEntries(entries)
}
