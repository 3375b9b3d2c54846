/** What stands in the place of a secret. */
export const mask = '***'

/** Takes the secrets out of a text; a text without any comes back as it is. */
export type Redact = (text: string) => string

/**
 * Builds a function that masks `values` wherever they occur in a text: as they are, and in the forms in which
 * a provider may send them back (base64, base64url, URL-encoded, inside a JSON string).
 *
 * @param minimumLength - shorter values are left alone: masking `ab` would spoil texts and protect nothing
 */
export function createRedactor(values: readonly string[], minimumLength = 4): Redact {
  const forms = new Set<string>()
  for (const value of values) {
    if (value.length < minimumLength) continue
    for (const form of formsOf(value)) forms.add(form)
  }
  // Longest first: a value that holds another one is masked as a whole.
  const longestFirst = [...forms].sort((a, b) => b.length - a.length)
  // A form within another one occurs wherever that one does, so the search need only look for the inner ones.
  const needles = longestFirst
    .filter((form) => !longestFirst.some((o) => o !== form && form.includes(o)))
    .map((form) => ({ form, tail: rareTail(form) }))
  return (text) => {
    for (const { form, tail } of needles)
      if (text.includes(tail) && text.includes(form)) return replaceAll(text, longestFirst)
    return text
  }
}

/** What JSON of business data is made of, the most frequent first, roughly. */
const frequent = 'e"0a,:nt1i o-r2sld3mcp5u4h.@697{}8gyfvkbw_/jxz'
const shortestTail = 6

/**
 * The end of a text from its rarest character on. A search jumps from one occurrence of its first character to the
 * next, so that looking for this part first takes a fraction of the time.
 */
function rareTail(form: string): string {
  let [start, least] = [0, Number.POSITIVE_INFINITY]
  for (let index = 0; index <= form.length - shortestTail; index += 1) {
    const place = frequent.indexOf(form.charAt(index))
    const frequency = place === -1 ? 0 : frequent.length - place
    if (frequency < least) [start, least] = [index, frequency]
  }
  return form.slice(start)
}

function replaceAll(text: string, forms: readonly string[]): string {
  let masked = text
  for (const form of forms) masked = masked.replaceAll(form, mask)
  return masked
}

function formsOf(value: string): string[] {
  const bytes = Buffer.from(value)
  const base64 = bytes.toString('base64')
  const common = [value, base64, base64.replace(/=+$/, ''), bytes.toString('base64url')]
  // The other forms of such a value are the value itself.
  if (/^[\w.-]*$/.test(value)) return common
  const json = JSON.stringify(value).slice(1, -1)
  return [
    ...common,
    ...urlFormsOf(value.toWellFormed()),
    json,
    // Some encoders of JSON escape slashes too.
    json.replaceAll('/', '\\/'),
    // A body that is echoed within JSON.
    JSON.stringify(json).slice(1, -1),
  ]
}

/** Encoders differ in what they escape, in the space, and in the case of the hexadecimal digits. */
function urlFormsOf(value: string): string[] {
  const component = encodeURIComponent(value)
  const strict = component.replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`)
  const form = new URLSearchParams({ '': value }).toString().slice(1)
  return [component, strict, form].flatMap((text) => [
    text,
    text.replace(/%[0-9A-F]{2}/g, (triplet) => triplet.toLowerCase()),
  ])
}
