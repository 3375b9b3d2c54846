import { limitError, syntaxError } from '../expression-failure.ts'
import { expressionLimits } from '../limits.ts'
import type { SourceText } from '../source-text.ts'
import { classifySegment } from './classify-segment.ts'
import { parseFilter } from './filter/parse-filter.ts'
import { type PathSegment, valueTypes } from './path-tree.ts'

/**
 * The segments of a path behind its `$`. The dialect is forgiving: what is no separator belongs to a name.
 *
 * @throws {ExpressionError} `expression/syntax` with the exact place, or `expression/limit`
 */
export function parsePath(source: SourceText): readonly PathSegment[] {
  const segments = joinPieces(new PieceReader(source).read())
  const [first] = segments
  const path = first?.kind === 'self' && first.start === 0 ? segments.slice(1) : segments
  if (path.length > expressionLimits.maxNodes) {
    throw limitError(
      `The path has more than ${expressionLimits.maxNodes} steps.`,
      source.rangeOf(0, source.text.length),
    )
  }
  checkStart(source, path)
  return path
}

/** What the original refuses before it looks at the structure: a text that was never meant as a path, mostly. */
export function checkPathText(source: SourceText): void {
  const { text } = source
  const mark = /\$(?=[^.[])/.exec(text)
  if (mark !== null) {
    const { index } = mark
    throw syntaxError(
      source,
      index,
      index + 2,
      'A $ in a path needs a dot or a bracket behind it.',
      'A text cannot start with $, since that makes it a path; write {{"$5"}} for the text itself.',
    )
  }
  const open = text.lastIndexOf('[')
  if (open > text.lastIndexOf(']')) throw syntaxError(source, open, open + 1, 'The bracket is never closed.')
  const space = text.indexOf(' ')
  if (space !== -1 && open === -1) {
    throw syntaxError(
      source,
      space,
      space + 1,
      'A path has no spaces.',
      "Put a key with spaces in brackets: ['a b'].",
    )
  }
}

/** A first step that fails on any data is a mistake in the text. */
function checkStart(source: SourceText, path: readonly PathSegment[]): void {
  const first = path[0]?.kind === 'descent' ? path[1] : path[0]
  if (first?.kind === 'type' && first.type === undefined) {
    const hint = `Write a backtick before the @: ['\`${first.text}'].`
    throw syntaxError(source, first.start, first.end, 'A key that starts with @ cannot stand here.', hint)
  }
  if (path[0]?.kind === 'parent') {
    throw syntaxError(source, path[0].start, path[0].end, 'The root has no parent.')
  }
}

/** Text between separators, or a separator. */
type Piece =
  | { readonly kind: 'break'; readonly at: number }
  | { readonly kind: 'text'; text: string; readonly start: number; end: number; readonly quoted: boolean }
  | { readonly kind: 'segment'; readonly segment: PathSegment }

/** One separator divides two segments, more in a row are a descent; one at the end means nothing. */
function joinPieces(pieces: readonly Piece[]): PathSegment[] {
  const segments: PathSegment[] = []
  let breaks: number[] = []
  const endBreaks = (): void => {
    const [from] = breaks
    if (breaks.length > 1 && from !== undefined) {
      segments.push(classifySegment('..', from, (breaks.at(-1) ?? from) + 1))
    }
    breaks = []
  }
  for (const piece of pieces) {
    if (piece.kind === 'break') {
      breaks.push(piece.at)
      continue
    }
    endBreaks()
    segments.push(
      piece.kind === 'segment' ? piece.segment : classifySegment(piece.text, piece.start, piece.end),
    )
  }
  endBreaks()
  return segments
}

const typeSelector = new RegExp(`@(?:${valueTypes.join('|')})\\(\\)`, 'y')
/** `['key']` or `["key"]` whose key holds neither an apostrophe nor a closing bracket. */
const quotedKey = /\[(?:'|")([^'\]]*)(?:'|")\]/y

class PieceReader {
  readonly #source: SourceText
  readonly #text: string
  readonly #pieces: Piece[] = []
  #current: Extract<Piece, { kind: 'text' }> | undefined
  #index = 0
  /** Whether the next separator belongs to a `^` just read. */
  #absorbs = false

  constructor(source: SourceText) {
    this.#source = source
    this.#text = source.text
  }

  read(): Piece[] {
    const text = this.#text
    const inBracket = bracketedDots(text)
    while (this.#index < text.length) {
      const at = this.#index
      const character = text[at] as string
      if (character === '[') this.#bracket()
      else if (character === ']') this.#closeBracket()
      else if (character === '.' && !inBracket.has(at)) this.#dot()
      else if (character === '^') this.#parent()
      else if (character === '~') this.#isolate(1)
      else if (character === '@' && this.#matchAt(typeSelector) !== undefined) {
        this.#isolate(this.#matchAt(typeSelector)?.length ?? 0)
      } else {
        this.#append(character)
        this.#index += 1
      }
    }
    this.#dropQuote("'")
    this.#flush()
    return this.#pieces
  }

  #bracket(): void {
    const start = this.#index
    this.#break()
    if (this.#text.startsWith('[?(', start) || this.#text.startsWith('[(', start)) {
      this.#filter(start + 1)
      return
    }
    quotedKey.lastIndex = start
    const quoted = quotedKey.exec(this.#text)
    if (quoted !== null) {
      const end = start + quoted[0].length
      this.#current = { kind: 'text', text: quoted[1] ?? '', start: start + 1, end: end - 1, quoted: true }
      this.#index = end
      return
    }
    this.#index = start + 1
    this.#skipQuote()
  }

  #filter(start: number): void {
    const selects = this.#text[start] === '?'
    const { node, end } = parseFilter(this.#source, start + (selects ? 2 : 1))
    const after = this.#text[end + 2]
    if (this.#text[end + 1] !== ']' || (after !== undefined && !'.[^~@'.includes(after))) {
      const at = this.#text[end + 1] === ']' ? end + 2 : end + 1
      throw syntaxError(this.#source, at, at + 1, 'A filter ends with `)]`, and a dot or bracket goes on.')
    }
    const place = { text: this.#text.slice(start, end + 1), start, end: end + 1 }
    const segment: PathSegment = selects
      ? { kind: 'filter', condition: node, ...place }
      : { kind: 'computed', index: node, ...place }
    this.#pieces.push({ kind: 'segment', segment })
    this.#index = end + 2
  }

  #closeBracket(): void {
    this.#dropQuote("'")
    // Even an empty pair of brackets names a key, the empty one.
    if (this.#pieces.at(-1)?.kind !== 'segment') this.#append('')
    this.#index += 1
  }

  #dot(): void {
    this.#dropQuote("'")
    this.#dropQuote('"')
    this.#break()
    this.#index += 1
    this.#skipQuote()
  }

  #parent(): void {
    const start = this.#index
    this.#flush()
    if (this.#pieces.at(-1)?.kind !== 'break') this.#pieces.push({ kind: 'break', at: start })
    this.#pieces.push({ kind: 'segment', segment: classifySegment('^', start, start + 1) })
    this.#pieces.push({ kind: 'break', at: start })
    this.#absorbs = true
    this.#index = start + 1
  }

  /** A piece that is one by itself, wherever it stands. */
  #isolate(length: number): void {
    const start = this.#index
    this.#break()
    const segment = classifySegment(this.#text.slice(start, start + length), start, start + length)
    this.#pieces.push({ kind: 'segment', segment })
    this.#pieces.push({ kind: 'break', at: start })
    this.#index = start + length
  }

  #break(): void {
    this.#flush()
    if (!this.#absorbs) this.#pieces.push({ kind: 'break', at: this.#index })
    this.#absorbs = false
  }

  #append(character: string): void {
    const start = this.#index
    this.#absorbs = false
    this.#current ??= { kind: 'text', text: '', start, end: start, quoted: false }
    this.#current.text += character
    this.#current.end = start + character.length
  }

  #flush(): void {
    if (this.#current === undefined) return
    this.#pieces.push(this.#current)
    this.#current = undefined
  }

  #skipQuote(): void {
    const next = this.#text[this.#index]
    if (next === "'" || next === '"') this.#index += 1
  }

  #dropQuote(quote: string): void {
    const current = this.#current
    if (current === undefined || current.quoted || !current.text.endsWith(quote)) return
    current.text = current.text.slice(0, -1)
    current.end -= 1
  }

  #matchAt(expected: RegExp): string | undefined {
    expected.lastIndex = this.#index
    return expected.exec(this.#text)?.[0]
  }
}

/** The dots that a `]` follows sooner than a `[`: they are part of a key. */
function bracketedDots(text: string): ReadonlySet<number> {
  const found = new Set<number>()
  let closes = false
  for (let index = text.length - 1; index >= 0; index -= 1) {
    const character = text[index]
    if (character === ']') closes = true
    else if (character === '[') closes = false
    else if (character === '.' && closes) found.add(index)
  }
  return found
}
