import { foldText } from './fold-text.ts'
import { type FoldedSecret, secretForms } from './secret-forms.ts'

/** What stands in the place of a secret. */
export const mask = '***'

/** Takes the secrets out of a text; a text without any comes back as it is. */
export type Redact = (text: string) => string

/**
 * Builds a function that masks `values` wherever they occur in a text: in every spelling in which a provider may send
 * them back, and within a longer text that was encoded as one.
 *
 * @param minimumLength - shorter values are left alone: masking `ab` would spoil texts and protect nothing
 */
export function createRedactor(values: readonly string[], minimumLength = 4): Redact {
  // Longest first: a value that holds another one is masked as a whole.
  const forms = [...new Set(values)]
    .filter((value) => value.trim().length >= minimumLength)
    .sort((a, b) => b.length - a.length)
    .map(secretForms)
  const plain = new Set(forms.flatMap((form) => form.plain))
  const folded = forms.flatMap((form) => form.folded ?? [])
  const encoded = new Set(forms.flatMap((form) => form.encoded))
  const needles = innermost([...plain, ...encoded]).map((form) => ({ form, tail: rareTail(form) }))
  const written = folded.map(({ runs }) => ({ runs, tail: rareTail(runs[0] ?? '') }))
  return (text) => {
    if (
      needles.some(({ form, tail }) => text.includes(tail) && text.includes(form)) ||
      written.some(({ runs, tail }) => text.includes(tail) && runs.every((run) => text.includes(run)))
    )
      return maskEncoded(maskFolded(maskPlain(text, plain), folded), encoded)
    return text
  }
}

/** A form that holds another one occurs only where that one does, so that looking for the inner ones is enough. */
function innermost(forms: readonly string[]): string[] {
  const kept: string[] = []
  for (const form of [...forms].sort((a, b) => a.length - b.length))
    if (!kept.some((inner) => form.includes(inner))) kept.push(form)
  return kept
}

/** What JSON of business data is made of, the most frequent first, roughly. */
const frequent = 'e"0a,:nt1i o-r2sld3mcp5u4h.@697{}8gyfvkbw_/jxzNATISDCPMEZRBLFGHOUWJKVYXQ'
/** By character code; what is not among them is hardly ever met. */
const frequencies = new Uint8Array(128)
for (const [index, char] of [...frequent].entries()) frequencies[char.charCodeAt(0)] = frequent.length - index
const shortestTail = 3

/**
 * The end of a text from its rarest character on. A search jumps from one occurrence of its first character to the
 * next, so that looking for this part first takes a fraction of the time.
 */
function rareTail(form: string): string {
  let [start, least] = [0, Number.POSITIVE_INFINITY]
  for (let index = 0; index <= form.length - shortestTail; index += 1) {
    const frequency = frequencies[form.charCodeAt(index)] ?? 0
    if (frequency < least) [start, least] = [index, frequency]
  }
  return form.slice(start)
}

function maskPlain(text: string, forms: Iterable<string>): string {
  let masked = text
  for (const form of forms) masked = masked.replaceAll(form, mask)
  return masked
}

/** Masks what is the same as a secret once the escapes are undone. */
function maskFolded(text: string, secrets: readonly FoldedSecret[]): string {
  let masked = text
  for (const secret of secrets) {
    if (!secret.runs.every((run) => masked.includes(run))) continue
    const folded = foldText(masked)
    let [told, from] = ['', 0]
    let at = folded.text.indexOf(secret.text)
    while (at !== -1) {
      const next = at + secret.text.length
      const [start, end] = folded.original(at, next)
      told += masked.slice(from, start) + mask
      from = end
      at = folded.text.indexOf(secret.text, next)
    }
    masked = told + masked.slice(from)
  }
  return masked
}

/** Masks the word around what was found, since its neighbours were encoded with it: the ends of the secret, a short key. */
function maskEncoded(text: string, parts: Iterable<string>): string {
  let masked = text
  for (const part of parts) {
    let [told, from] = ['', 0]
    for (let at = masked.indexOf(part); at !== -1; at = masked.indexOf(part, from)) {
      let start = at
      while (start > from && isWordAt(masked, start - 1)) start -= 1
      let end = at + part.length
      while (isWordAt(masked, end)) end += 1
      while (masked[end] === '=') end += 1
      told += masked.slice(from, start) + mask
      from = end
    }
    masked = told + masked.slice(from)
  }
  return masked
}

/** Of nearly all that is ASCII base64 makes letters and digits alone; its other signs also end words, as in a path. */
function isWordAt(text: string, index: number): boolean {
  const code = text.charCodeAt(index)
  return (code >= 48 && code <= 57) || (code >= 65 && code <= 90) || (code >= 97 && code <= 122)
}
