import type { BinaryOperator } from './token.ts'

/** Where a node stands in the program's own text. */
export interface Span {
  readonly start: number
  readonly end: number
}

/**
 * A node of a program. An absent node is an empty place, which the language allows: `()`, `[1,,2]`, `a ? : b`.
 */
export type ProgramNode = Span &
  (
    | { readonly kind: 'literal'; readonly value: string | number | boolean }
    /** `name`, or `.name` of the row of a filter. */
    | { readonly kind: 'name'; readonly name: string; readonly relative: boolean }
    | { readonly kind: 'member'; readonly object: ProgramNode; readonly name: string }
    | { readonly kind: 'index'; readonly object: ProgramNode; readonly index: ProgramNode | undefined }
    | { readonly kind: 'filter'; readonly list: ProgramNode; readonly condition: ProgramNode }
    /** The name is undefined where a bracket is called: `a[0](1)`. */
    | { readonly kind: 'call'; readonly name: string | undefined; readonly args: readonly ProgramNode[] }
    /** `value | name(args)`: there is none that exists. */
    | { readonly kind: 'transform'; readonly name: string; readonly args: readonly ProgramNode[] }
    | { readonly kind: 'not'; readonly operand: ProgramNode }
    | {
        readonly kind: 'binary'
        readonly operator: BinaryOperator
        readonly left: ProgramNode
        readonly right: ProgramNode
      }
    | {
        readonly kind: 'conditional'
        readonly test: ProgramNode | undefined
        readonly consequent: ProgramNode | undefined
        readonly alternate: ProgramNode | undefined
      }
    | { readonly kind: 'list'; readonly items: readonly ProgramNode[] }
    | { readonly kind: 'object'; readonly entries: readonly ObjectEntry[] }
  )

export interface ObjectEntry {
  readonly key: string
  readonly value: ProgramNode | undefined
}

/** The nodes right below. */
export function childrenOf(node: ProgramNode): readonly (ProgramNode | undefined)[] {
  switch (node.kind) {
    case 'literal':
    case 'name':
      return []
    case 'member':
      return [node.object]
    case 'index':
      return [node.object, node.index]
    case 'filter':
      return [node.list, node.condition]
    case 'call':
    case 'transform':
      return node.args
    case 'not':
      return [node.operand]
    case 'binary':
      return [node.left, node.right]
    case 'conditional':
      return [node.test, node.consequent, node.alternate]
    case 'list':
      return node.items
    case 'object':
      return node.entries.map((entry) => entry.value)
  }
}
