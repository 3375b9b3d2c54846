/** A text without the differences that encoders make, and where each part of it stood. */
export interface FoldedText {
  readonly text: string
  /** The part of the original that a part of this text was made of. */
  original(start: number, end: number): readonly [start: number, end: number]
}

/** Encodings within each other that are undone. */
const mostRounds = 6

/**
 * Undoes what URLs, forms, JSON, HTML, XML, CSV and shells do to a text, within each other too: equal texts come out
 * equal however they were written, and so do few others. Backslashes and line breaks are gone; what is not ASCII is
 * one sign, since it may have been read in the wrong charset.
 */
export function foldText(original: string): FoldedText {
  let text = original
  const rounds: Round[] = []
  for (let count = 0; count < mostRounds; count += 1) {
    const round = foldOnce(text)
    if (round.text === text) break
    rounds.push(round)
    text = round.text
  }
  rounds.reverse()
  return {
    text,
    original: (start, end) => [
      rounds.reduce((at, round) => placeBefore(round, at), start),
      rounds.reduce((at, round) => placeBefore(round, at), end),
    ],
  }
}

interface Round {
  readonly text: string
  /** Where something was replaced: its end after the round and before it, in order. */
  readonly after: readonly number[]
  readonly before: readonly number[]
  /** How long each was before. */
  readonly lengths: readonly number[]
}

const written =
  /\\+u([0-9a-f]{4})|\\+[bfnrt]?|%([0-9a-f]{2})|&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]{2,31}));|"{2,}|'{2,}|\+|\P{ASCII}+|\p{Cc}+/giu

const named: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }
/** Any character that is not ASCII. */
const foreign = '\u00bf'

function foldOnce(text: string): Round {
  const [after, before, lengths]: [number[], number[], number[]] = [[], [], []]
  const parts: string[] = []
  let [from, length] = [0, 0]
  for (const match of text.matchAll(written)) {
    const [found] = match
    const plain = plainOf(match)
    if (plain === found) continue
    parts.push(text.slice(from, match.index), plain)
    length += match.index - from + plain.length
    from = match.index + found.length
    after.push(length)
    before.push(from)
    lengths.push(found.length)
  }
  return from === 0
    ? { text, after, before, lengths }
    : { text: parts.join('') + text.slice(from), after, before, lengths }
}

function plainOf([found, unicode, byte, decimal, hexadecimal, name]: RegExpExecArray): string {
  const hex = unicode ?? byte ?? hexadecimal
  if (hex !== undefined) return characterOf(Number.parseInt(hex, 16))
  if (decimal !== undefined) return characterOf(Number(decimal))
  if (name !== undefined) return named[name.toLowerCase()] ?? foreign
  const [first = ''] = found
  if (first === '"' || first === "'") return first
  if (first === '+') return ' '
  return first > '\x7f' ? foreign : ''
}

function characterOf(code: number): string {
  return code > 0x7f ? foreign : String.fromCharCode(code)
}

/** Where a place of the text stood before the round: in front of what was left out there. */
function placeBefore({ after, before, lengths }: Round, at: number): number {
  let [low, high] = [0, after.length]
  // The number of replacements that end before this place.
  while (low < high) {
    const middle = (low + high) >> 1
    if ((after[middle] ?? 0) < at) low = middle + 1
    else high = middle
  }
  const ends = after[low] === at
  // What ends right here and left nothing stands behind this place; a character that it left stands before it.
  if (ends) {
    const start = (before[low] ?? 0) - (lengths[low] ?? 0)
    const previousAfter = after[low - 1] ?? 0
    const previousBefore = before[low - 1] ?? 0
    const keptBetween = at - previousAfter
    const leftNothing = start - previousBefore === keptBetween
    return leftNothing ? start : (before[low] ?? 0)
  }
  return at - (after[low - 1] ?? 0) + (before[low - 1] ?? 0)
}
