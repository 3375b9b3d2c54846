/** How a secret may be spelled in a text. */
export interface SecretForms {
  /** As it stands there from its first letter to its last. */
  readonly plain: readonly string[]
  /**
   * What base64 makes of it at any place of what was encoded, whatever stood around it there: key and secret together,
   * or a whole request.
   */
  readonly encoded: readonly string[]
}

/** Fewer letters could be found in innocent data; seven bytes of a secret give as many at any place. */
const shortestEncoded = 8

/**
 * The spellings in which a provider may send a secret back: as it is, base64 of both alphabets, and how URLs, forms, JSON,
 * HTML and XML write it.
 */
export function secretForms(value: string): SecretForms {
  const places = ['', ' ', '  '].map((before) => encodedAfter(before, value))
  const encoded = places.filter((part) => part.length >= shortestEncoded).flatMap(base64SpellingsOf)
  // Of a short one only the base64 of it alone is told from innocent data.
  const alone = encoded.length === 0 ? base64SpellingsOf(base64Of(value).replace(/=+$/, '')) : []
  return { plain: [...spellingsOf(value), ...alone], encoded }
}

/** The letters that base64 gives for a text after these bytes, whatever they are and whatever follows. */
function encodedAfter(before: string, text: string): string {
  const start = before.length
  const bytes = Buffer.byteLength(text)
  // Six bits a letter: the first and the last may be shared with a neighbour.
  return base64Of(before + text).slice(Math.ceil((start * 8) / 6), Math.floor(((start + bytes) * 8) / 6))
}

function base64Of(text: string): string {
  return Buffer.from(text).toString('base64')
}

function spellingsOf(value: string): string[] {
  // Nothing in it is written otherwise anywhere.
  if (/^[\w.-]*$/.test(value)) return [value]
  const json = JSON.stringify(value).slice(1, -1)
  return [
    value,
    ...urlSpellingsOf(value.toWellFormed()),
    ...jsonSpellingsOf(json),
    // A body that is echoed within JSON.
    JSON.stringify(json).slice(1, -1),
    ...markupSpellingsOf(value),
  ]
}

/** Both alphabets, and the first as JSON and URLs write it. */
function base64SpellingsOf(base64: string): string[] {
  if (!/[+/]/.test(base64)) return [base64]
  const forUrls = base64.replaceAll('+', '-').replaceAll('/', '_')
  const encoded = base64.replaceAll('+', '%2B').replaceAll('/', '%2F')
  const small = base64.replaceAll('+', '%2b').replaceAll('/', '%2f')
  return [base64, forUrls, base64.replaceAll('/', '\\/'), encoded, small]
}

/** Encoders differ in what they escape, in the space, and in the case of the hexadecimal digits. */
function urlSpellingsOf(value: string): string[] {
  const component = encodeURIComponent(value)
  const strict = component.replace(/[!'()*]/g, (char) => `%${hexOf(char, 2).toUpperCase()}`)
  const form = new URLSearchParams({ '': value }).toString().slice(1)
  return [component, strict, form].flatMap((text) => [
    text,
    text.replace(/%[0-9A-F]{2}/g, (triplet) => triplet.toLowerCase()),
  ])
}

/** Some encoders escape slashes too, some all that is not ASCII, some what HTML would take for markup. */
function jsonSpellingsOf(json: string): string[] {
  const escapeAll = (text: string, which: RegExp) => text.replace(which, (char) => `\\u${hexOf(char, 4)}`)
  const ascii = escapeAll(json, /[\u0080-\uffff]/g)
  const markup = escapeAll(json, /[<>&\u2028\u2029]/g)
  const both = escapeAll(ascii, /[<>&'+`]/g).replaceAll('\\"', '\\u0022')
  return [json, ascii, markup, both].flatMap((text) => {
    const upper = text.replace(/\\u[0-9a-f]{4}/g, (escaped) => `\\u${escaped.slice(2).toUpperCase()}`)
    return [text, upper].flatMap((one) => [one, one.replaceAll('/', '\\/')])
  })
}

/** Quotes are escaped in attributes alone, or everywhere, and apostrophes in three ways. */
function markupSpellingsOf(value: string): string[] {
  const text = value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
  const quoted = text.replaceAll('"', '&quot;')
  return [text, quoted, ...['&#39;', '&#x27;', '&apos;'].map((entity) => quoted.replaceAll("'", entity))]
}

function hexOf(char: string, digits: number): string {
  return char.charCodeAt(0).toString(16).padStart(digits, '0')
}
