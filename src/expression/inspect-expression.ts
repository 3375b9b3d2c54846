import { ExpressionError } from '../errors/index.ts'
import { parseProgram } from './program/parse-program.ts'
import type { ProgramNode } from './program/syntax-tree.ts'
import { SourceText } from './source-text.ts'
import { parseTemplate } from './template/parse-template.ts'

/** A program within an expression: the whole of it, or one of its holes. */
export interface InspectedProgram {
  readonly tree: ProgramNode
  /** Where a node stands in the expression, as offsets in UTF-16 units. */
  spanOf(node: ProgramNode): { readonly start: number; readonly end: number }
}

/** The syntax trees of the programs of an expression, for tools. Holes that are paths alone have none. */
export function inspectPrograms(text: string): readonly InspectedProgram[] {
  const trimmed = SourceText.of(text).trim()
  const whole = trimmed.text
  const isProgram = whole.length > 4 && whole.startsWith('{{') && whole.endsWith('}}')
  const inside = (isProgram ? trimmed.slice(2, whole.length - 2) : trimmed).withoutRootMarks().trim()
  try {
    const pieces = parseTemplate(inside)
    if (pieces !== undefined)
      return pieces.flatMap((piece) => (piece.kind === 'hole' ? parse(piece.inside.trim()) : []))
    return isProgram ? parse(inside) : []
  } catch (error) {
    if (error instanceof ExpressionError) return []
    throw error
  }
}

function parse(source: SourceText): readonly InspectedProgram[] {
  try {
    const tree = parseProgram(source)
    if (tree === undefined) return []
    return [
      {
        tree,
        spanOf(node) {
          const { start, end } = source.rangeOf(node.start, node.end)
          return { start: start.offset, end: end.offset }
        },
      },
    ]
  } catch (error) {
    if (error instanceof ExpressionError) return []
    throw error
  }
}
