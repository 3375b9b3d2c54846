/** What a filter can read besides the row itself (`@`). */
export type FilterVariable = 'row' | 'root' | 'property' | 'parent' | 'parentProperty' | 'path'

export type FilterOperator =
  | '||'
  | '&&'
  | '|'
  | '^'
  | '&'
  | '=='
  | '!='
  | '==='
  | '!=='
  | '<'
  | '>'
  | '<='
  | '>='
  | '<<'
  | '>>'
  | '>>>'
  | '+'
  | '-'
  | '*'
  | '/'
  | '%'

export type FilterPrefix = '!' | '-' | '+' | '~' | 'typeof' | 'void'

/** A node of the condition in `[?(…)]` or `[(…)]`; offsets count in the path's text. */
export type FilterNode = { readonly start: number; readonly end: number } & (
  | { readonly kind: 'literal'; readonly value: string | number | boolean | null | undefined }
  | { readonly kind: 'pattern'; readonly source: string; readonly flags: string }
  | { readonly kind: 'variable'; readonly variable: FilterVariable }
  /** A bare name, which nothing defines: it fails when it is reached. */
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'member'; readonly object: FilterNode; readonly key: FilterNode | string }
  /** `list[?(…)]` within a filter: whether the inner one keeps anything. */
  | { readonly kind: 'any'; readonly list: FilterNode; readonly condition: FilterNode }
  | { readonly kind: 'call'; readonly callee: FilterNode; readonly args: readonly FilterNode[] }
  | { readonly kind: 'prefix'; readonly operator: FilterPrefix; readonly operand: FilterNode }
  | {
      readonly kind: 'binary'
      readonly operator: FilterOperator
      readonly left: FilterNode
      readonly right: FilterNode
    }
  | {
      readonly kind: 'conditional'
      readonly test: FilterNode
      readonly consequent: FilterNode
      readonly alternate: FilterNode
    }
  | { readonly kind: 'list'; readonly items: readonly FilterNode[] }
)

/** The nodes right below. */
export function childrenOf(node: FilterNode): readonly FilterNode[] {
  switch (node.kind) {
    case 'literal':
    case 'pattern':
    case 'variable':
    case 'name':
      return []
    case 'member':
      return typeof node.key === 'string' ? [node.object] : [node.object, node.key]
    case 'any':
      return [node.list, node.condition]
    case 'call':
      return [node.callee, ...node.args]
    case 'prefix':
      return [node.operand]
    case 'binary':
      return [node.left, node.right]
    case 'conditional':
      return [node.test, node.consequent, node.alternate]
    case 'list':
      return node.items
  }
}
