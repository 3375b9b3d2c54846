import { limitError } from '../expression-failure.ts'
import { expressionLimits } from '../limits.ts'
import type { SourceText } from '../source-text.ts'

/** A stretch of literal text, or a hole with its `${` and `}`. */
export type TemplatePiece =
  | { readonly kind: 'text'; readonly value: string }
  | { readonly kind: 'hole'; readonly whole: SourceText; readonly inside: SourceText }

/**
 * A text cut at its holes; undefined where it has none. The first `}` closes a hole, and `${}` is none.
 *
 * @param source - without `$.` and without blanks at its ends
 * @throws {ExpressionError} `expression/limit`
 */
export function parseTemplate(source: SourceText): readonly TemplatePiece[] | undefined {
  const { text } = source
  const pieces: TemplatePiece[] = []
  let done = 0
  let holes = 0
  for (const found of text.matchAll(/\$\{([^}]+)\}/g)) {
    const end = found.index + found[0].length
    if (found.index > done) pieces.push({ kind: 'text', value: text.slice(done, found.index) })
    pieces.push({
      kind: 'hole',
      whole: source.slice(found.index, end),
      inside: source.slice(found.index + 2, end - 1),
    })
    done = end
    holes += 1
    if (holes > expressionLimits.maxHoles) {
      throw limitError(
        `A text has at most ${expressionLimits.maxHoles} holes.`,
        source.rangeOf(found.index, end),
      )
    }
  }
  if (holes === 0) return undefined
  if (done < text.length) pieces.push({ kind: 'text', value: text.slice(done) })
  return pieces
}
