import type { Span } from '../definition/index.ts'
import { childrenOf, type ProgramNode } from '../expression/index.ts'
import { spanIn } from './span-in.ts'
import type { ExpressionView } from './view/connector-view.ts'

/** Shows every node of the programs of an expression, a node before its children. */
export function visitPrograms(
  expression: ExpressionView,
  visit: (node: ProgramNode, spanOf: (node: ProgramNode) => Span, parent: ProgramNode | undefined) => void,
): void {
  for (const { tree, spanOf } of expression.programs()) {
    const place = (node: ProgramNode): Span => spanIn(expression.scalar, spanOf(node))
    const walk = (node: ProgramNode | undefined, parent: ProgramNode | undefined): void => {
      if (node === undefined) return
      visit(node, place, parent)
      for (const child of childrenOf(node)) walk(child, node)
    }
    walk(tree, undefined)
  }
}

/** Whether the text can hold a program at all: most texts of a connector are plain. */
export function mayHoldProgram({ text }: ExpressionView): boolean {
  return text.includes('{{') || text.includes('${')
}
