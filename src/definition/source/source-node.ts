import type { Span } from './source-file.ts'

/** The content of a definition as a tree, each node with its place. References are map entries until they are resolved. */
export type SourceNode = SourceMap | SourceList | SourceScalar

export interface SourceMap extends Span {
  readonly kind: 'map'
  readonly entries: readonly SourceEntry[]
  /** Something of it could not be read, and is reported already: missing keys are then no finding. */
  readonly incomplete?: boolean
}

export interface SourceEntry {
  readonly key: SourceScalar
  readonly name: string
  readonly value: SourceNode
}

export interface SourceList extends Span {
  readonly kind: 'list'
  readonly items: readonly SourceNode[]
}

export interface SourceScalar extends Span {
  readonly kind: 'scalar'
  readonly value: unknown
  readonly style: 'plain' | 'single' | 'double' | 'block'
}

/** Keys and indexes from the root of the resolved definition. */
export type DefinitionPath = readonly (string | number)[]

/** The nodes on the way to a path, as far as they exist; the root first. */
export function walkPath(
  root: SourceNode,
  path: DefinitionPath,
): readonly { node: SourceNode; key?: SourceScalar }[] {
  const steps: { node: SourceNode; key?: SourceScalar }[] = [{ node: root }]
  let node: SourceNode = root
  for (const part of path) {
    if (node.kind === 'list') {
      const item: SourceNode | undefined = node.items[Number(part)]
      if (item === undefined) break
      node = item
      steps.push({ node })
    } else if (node.kind === 'map') {
      const entry: SourceEntry | undefined = node.entries.find(({ name }) => name === String(part))
      if (entry === undefined) break
      node = entry.value
      steps.push({ node, key: entry.key })
    } else break
  }
  return steps
}

/** How many nodes the tree has once every shared part is written out, exact without writing it out. */
export function countNodes(root: SourceNode): number {
  const known = new Map<SourceNode, number>()
  const count = (node: SourceNode): number => {
    if (node.kind === 'scalar') return 1
    const seen = known.get(node)
    if (seen !== undefined) return seen
    let total = 1
    if (node.kind === 'map') for (const { value } of node.entries) total += count(value)
    else for (const item of node.items) total += count(item)
    known.set(node, total)
    return total
  }
  return count(root)
}

/** The value as plain data: own keys only, nothing shared. */
export function toPlain(node: SourceNode): unknown {
  if (node.kind === 'scalar') return node.value
  if (node.kind === 'list') return node.items.map(toPlain)
  // No entry is named `__proto__`: reading refuses it.
  const plain: Record<string, unknown> = {}
  for (const { name, value } of node.entries) plain[name] = toPlain(value)
  return plain
}
