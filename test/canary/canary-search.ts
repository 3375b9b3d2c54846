/** A place where a secret was found. */
export interface Leak {
  readonly place: string
  readonly secret: string
  readonly form: string
  /** How many of it. */
  readonly bytes: number
  /** What stands around it. */
  readonly around: string
}

/** Looks for marked secrets in everything that a program says. Knows nothing of how the engine hides them. */
export interface CanarySearch {
  readonly leaks: readonly Leak[]
  /** Bytes searched so far, by kind of place. */
  readonly bytes: Readonly<Record<string, number>>
  /** @param place - `log: list_people 401`; what stands before the colon is its kind */
  look(place: string, told: string | Uint8Array): void
}

/** @param secrets - by name; each so long that no innocent text holds the half of it */
export function createCanarySearch(secrets: Readonly<Record<string, string>>): CanarySearch {
  // Of letters and digits alone most spellings are the same.
  const sought = new Map<string, { readonly secret: string; readonly form: string }>()
  for (const [secret, value] of Object.entries(secrets))
    for (const [form, text] of Object.entries(formsOf(value))) {
      const wanted = bytesAsText(text)
      if (!sought.has(wanted)) sought.set(wanted, { secret, form })
    }
  const leaks: Leak[] = []
  const bytes: Record<string, number> = {}
  return {
    leaks,
    bytes,
    look(place, told) {
      const text = bytesAsText(told)
      const kind = place.replace(/:.*$/s, '')
      bytes[kind] = (bytes[kind] ?? 0) + text.length
      for (const [wanted, { secret, form }] of sought) {
        const at = text.indexOf(wanted)
        if (at === -1) continue
        leaks.push({
          place,
          secret,
          form,
          bytes: wanted.length,
          around: text.slice(Math.max(0, at - 60), at + wanted.length + 20),
        })
      }
    },
  }
}

/** A character a byte, so that files and texts are searched alike. */
function bytesAsText(told: string | Uint8Array): string {
  return (
    typeof told === 'string' ? Buffer.from(told) : Buffer.from(told.buffer, told.byteOffset, told.length)
  ).toString('latin1')
}

/** Every spelling that is looked for, and both ends of the secret, which are left of it where a text was cut. */
export function formsOf(value: string): Record<string, string> {
  const bytes = Buffer.from(value)
  const url = encodeURIComponent(value)
  const json = JSON.stringify(value).slice(1, -1)
  const html = value.replace(/[<>&"']/g, (char) => `&#${char.charCodeAt(0)};`)
  const forms: Record<string, string> = {
    plain: value,
    beginning: value.slice(0, 12),
    end: value.slice(-12),
    url,
    'url, small letters': url.replace(/%../g, (escaped) => escaped.toLowerCase()),
    form: new URLSearchParams([['', value]]).toString().slice(1),
    json,
    'json within json': JSON.stringify(json).slice(1, -1),
    'json, ascii': json.replace(
      /[^ -~]/g,
      (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
    ),
    html,
    'html, names': value
      .replace(/&/g, '&amp;')
      .replace(/</g, '&lt;')
      .replace(/>/g, '&gt;')
      .replace(/"/g, '&quot;'),
    hex: bytes.toString('hex'),
    'hex, capitals': bytes.toString('hex').toUpperCase(),
  }
  for (const place of [0, 1, 2]) {
    // Four letters hold three bytes: those that neighbours have a part in are left out, and one more.
    const encoded = Buffer.concat([Buffer.alloc(place), bytes])
      .toString('base64')
      .slice(place === 0 ? 0 : 4)
    const certain = encoded.slice(0, Math.floor((bytes.length - (3 - place)) / 3) * 4)
    forms[`base64 at ${place}`] = certain
    forms[`base64url at ${place}`] = certain.replaceAll('+', '-').replaceAll('/', '_')
    forms[`base64 at ${place}, beginning`] = certain.slice(0, 14)
    forms[`base64 at ${place}, end`] = certain.slice(-14)
  }
  return forms
}
