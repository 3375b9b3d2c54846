import type { SourceEntry, SourceMap, SourceNode, SourceScalar } from '../../definition/index.ts'

/** Reading the syntax tree without trusting it: a wrong shape gives nothing, and is somebody else's finding. */

export function asMap(node: SourceNode | undefined): SourceMap | undefined {
  return node?.kind === 'map' ? node : undefined
}

export function entryOf(node: SourceNode | undefined, name: string): SourceEntry | undefined {
  return node?.kind === 'map' ? node.entries.find((entry) => entry.name === name) : undefined
}

export function memberOf(node: SourceNode | undefined, name: string): SourceNode | undefined {
  return entryOf(node, name)?.value
}

/** The member along several keys. */
export function memberAt(node: SourceNode | undefined, ...names: readonly string[]): SourceNode | undefined {
  return names.reduce<SourceNode | undefined>((found, name) => memberOf(found, name), node)
}

export function itemsOf(node: SourceNode | undefined): readonly SourceNode[] {
  return node?.kind === 'list' ? node.items : []
}

export function mapsOf(node: SourceNode | undefined): readonly SourceMap[] {
  return itemsOf(node).filter((item): item is SourceMap => item.kind === 'map')
}

export function asScalar(node: SourceNode | undefined): SourceScalar | undefined {
  return node?.kind === 'scalar' ? node : undefined
}

/** The text of a scalar; a number or boolean as it would be written. */
export function textOf(node: SourceNode | undefined): string | undefined {
  if (node?.kind !== 'scalar' || node.value === null || node.value === undefined) return undefined
  return typeof node.value === 'string' ? node.value : String(node.value)
}

export function isTrue(node: SourceNode | undefined): boolean {
  return node?.kind === 'scalar' && (node.value === true || node.value === 'true')
}

/** Texts of a list, or the one text that stands in its place. */
export function textsOf(node: SourceNode | undefined): readonly SourceScalar[] {
  const nodes = node?.kind === 'list' ? node.items : node === undefined ? [] : [node]
  return nodes.filter((item): item is SourceScalar => item.kind === 'scalar' && item.value !== null)
}
