import { foldText } from './fold-text.ts'

/** What to look for, to find a secret in a text however it is written there. */
export interface SecretForms {
  /** As it stands, and as it is written most often. */
  readonly plain: readonly string[]
  /** For all other spellings; undefined where there are none. */
  readonly folded: FoldedSecret | undefined
  /**
   * What base64 makes of it at any place of what was encoded, whatever stood around it there: key and secret together,
   * or a whole request.
   */
  readonly encoded: readonly string[]
}

/** A secret that encoders write in different ways. */
export interface FoldedSecret {
  /** What a folded text has in its place. */
  readonly text: string
  /** Parts that are in every spelling of it, the longest first. */
  readonly runs: readonly string[]
}

/** Fewer letters could be found in innocent data; seven bytes of a secret give as many at any place. */
const shortestEncoded = 8
const shortestFolded = 6

export function secretForms(value: string): SecretForms {
  // Nobody escapes these.
  const runs = (value.match(/[\w.-]+/g) ?? []).sort((a, b) => b.length - a.length)
  if (runs[0] === value) return { plain: [value], folded: undefined, encoded: encodedForms(value) }
  const { text } = foldText(value)
  const json = JSON.stringify(value).slice(1, -1)
  return {
    plain: [...new Set([value, json, encodeURIComponent(value.toWellFormed())])],
    folded: text.length < shortestFolded ? undefined : { text, runs },
    // What was encoded may have been escaped before, so that only the runs of it are sure.
    encoded: [value, ...runs].flatMap((part) => encodedForms(part, part === value)),
  }
}

function encodedForms(text: string, alone = true): string[] {
  const places = ['', ' ', '  '].map((before) => encodedAfter(before, text))
  const encoded = places.filter((part) => part.length >= shortestEncoded)
  // Of a short one only the base64 of it alone is told from innocent data.
  if (encoded.length === 0 && alone) encoded.push(base64Of(text).replace(/=+$/, ''))
  return encoded.flatMap(base64SpellingsOf)
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

/** Both alphabets, and the first as JSON and URLs write it. */
function base64SpellingsOf(base64: string): string[] {
  if (!/[+/]/.test(base64)) return [base64]
  const forUrls = base64.replaceAll('+', '-').replaceAll('/', '_')
  const encoded = base64.replaceAll('+', '%2B').replaceAll('/', '%2F')
  const small = base64.replaceAll('+', '%2b').replaceAll('/', '%2f')
  return [base64, forUrls, base64.replaceAll('/', '\\/'), encoded, small]
}
