import type { Position, SourceRange } from '../errors/index.ts'

/** The text of an expression as its author wrote it; line starts are found once, and only if asked for. */
class Origin {
  readonly text: string
  #lineStarts: number[] | undefined

  constructor(text: string) {
    this.text = text
  }

  position(offset: number): Position {
    this.#lineStarts ??= [0, ...[...this.text.matchAll(/\n/g)].map((found) => found.index + 1)]
    let low = 0
    let high = this.#lineStarts.length
    while (high - low > 1) {
      const middle = (low + high) >> 1
      if ((this.#lineStarts[middle] ?? 0) <= offset) low = middle
      else high = middle
    }
    return { line: low + 1, column: offset - (this.#lineStarts[low] ?? 0) + 1, offset }
  }
}

/** A piece of an expression, possibly with characters taken out: each one still knows its place in the whole. */
export class SourceText {
  readonly text: string
  readonly #origin: Origin
  /** Offset of each character in the origin, and of the end; only the first where none was taken out. */
  readonly #offsets: readonly number[] | number

  private constructor(text: string, origin: Origin, offsets: readonly number[] | number) {
    this.text = text
    this.#origin = origin
    this.#offsets = offsets
  }

  static of(text: string): SourceText {
    return new SourceText(text, new Origin(text), 0)
  }

  /** Offset in the expression of the character at `index`; of the end for the length of the text. */
  offsetOf(index: number): number {
    const offsets = this.#offsets
    return typeof offsets === 'number' ? offsets + index : (offsets[index] ?? this.#origin.text.length)
  }

  /** The range in the expression of the characters from `start` to before `end`. */
  rangeOf(start: number, end: number): SourceRange {
    const from = this.offsetOf(start)
    const to = end > start ? this.offsetOf(end - 1) + 1 : from
    return { start: this.#origin.position(from), end: this.#origin.position(to) }
  }

  slice(start: number, end: number): SourceText {
    const offsets = this.#offsets
    const part = typeof offsets === 'number' ? offsets + start : offsets.slice(start, end + 1)
    return new SourceText(this.text.slice(start, end), this.#origin, part)
  }

  trim(): SourceText {
    const start = this.text.length - this.text.trimStart().length
    return this.slice(start, Math.max(start, this.text.trimEnd().length))
  }

  /** Without every `$.`, wherever it stands: programs and templates never see one. */
  withoutRootMarks(): SourceText {
    if (!this.text.includes('$.')) return this
    let text = ''
    const offsets: number[] = []
    for (let index = 0; index < this.text.length; index += 1) {
      if (this.text.startsWith('$.', index)) {
        index += 1
        continue
      }
      text += this.text[index]
      offsets.push(this.offsetOf(index))
    }
    offsets.push(this.offsetOf(this.text.length))
    return new SourceText(text, this.#origin, offsets)
  }

  /** With characters in front that the author did not write; they count as standing at the start. */
  withPrefix(prefix: string): SourceText {
    const start = this.offsetOf(0)
    const own = Array.from({ length: this.text.length + 1 }, (_, index) => this.offsetOf(index))
    return new SourceText(prefix + this.text, this.#origin, [...Array.from(prefix, () => start), ...own])
  }
}
