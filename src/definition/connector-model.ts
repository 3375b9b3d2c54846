import type { Location } from '../errors/index.ts'
import type { ConnectorDefinition } from './generated/connector-definition.ts'
import { locateInScalar } from './source/scalar-offsets.ts'
import { type SourceFile, type Span, toLocation } from './source/source-file.ts'
import { type DefinitionPath, type SourceNode, walkPath } from './source/source-node.ts'

/** A validated connector: its data, and where each part of it stands. */
export interface ConnectorModel {
  /** Plain data, deeply frozen, references resolved. */
  readonly definition: ConnectorDefinition
  /** `info.key`. */
  readonly key: string
  /** The connector file, as the loader was given it. */
  readonly rootFile: string
  /** Every file that was read, the connector file first. */
  readonly files: readonly SourceFile[]
  /** The place of a value (or of its key); of its nearest ancestor where the path does not exist. */
  locate(path: DefinitionPath, part?: 'key' | 'value'): Location
  /**
   * The place of a part of a text value, by offsets in UTF-16 units. Exact for plain and quoted texts; within folded
   * blocks the nearest characters.
   */
  locateInScalar(path: DefinitionPath, startOffset: number, endOffset: number): Location
}

export function createModel(
  definition: ConnectorDefinition,
  tree: SourceNode,
  files: readonly SourceFile[],
): ConnectorModel {
  return Object.freeze({
    definition: deepFreeze(definition),
    key: definition.info.key,
    rootFile: tree.file.name,
    files: Object.freeze([...files]),
    locate: (path: DefinitionPath, part?: 'key' | 'value') => toLocation(spanOf(tree, path, part)),
    locateInScalar: (path: DefinitionPath, startOffset: number, endOffset: number) =>
      toLocation(spanInScalar(tree, path, startOffset, endOffset)),
  })
}

/** The span of a value or of its key; an empty value stands at its key. */
export function spanOf(tree: SourceNode, path: DefinitionPath, part: 'key' | 'value' = 'value'): Span {
  const found = walkPath(tree, path).at(-1)
  if (found === undefined) return tree
  const { node, key } = found
  if (key !== undefined && (part === 'key' || node.start === node.end)) return key
  return node
}

function spanInScalar(tree: SourceNode, path: DefinitionPath, start: number, end: number): Span {
  const found = walkPath(tree, path)
  const node = found.at(-1)?.node
  if (found.length !== path.length + 1 || node?.kind !== 'scalar') return spanOf(tree, path)
  return locateInScalar(node, start, end)
}

function deepFreeze<Value>(value: Value): Value {
  if (typeof value !== 'object' || value === null) return value
  for (const member of Object.values(value)) deepFreeze(member)
  return Object.freeze(value)
}
