import { type Document, isAlias, isMap, isScalar, isSeq, type Pair, type ParsedNode, Scalar } from 'yaml'
import type { Report } from '../findings.ts'
import type { SourceFile, Span } from './source-file.ts'
import type { SourceEntry, SourceMap, SourceNode, SourceScalar } from './source-node.ts'

/**
 * YAML document → tree of ours. Aliases are followed (the parts are shared, not copied); duplicate keys other than
 * `$ref`, merge keys and keys that no map can hold are reported and left out.
 */
export function buildTree(
  document: Document.Parsed,
  file: SourceFile,
  maxDepth: number,
  report: Report,
): SourceNode | undefined {
  const anchors = new Map<string, SourceNode>()

  const build = (node: ParsedNode | null, depth: number, fallback: number): SourceNode | undefined => {
    if (node === null) return emptyScalar(file, fallback)
    if (isAlias(node)) {
      const target = anchors.get(node.source)
      if (target === undefined)
        report('definition/syntax', span(node), `The alias \`*${node.source}\` stands within its own anchor.`)
      return target
    }
    if (depth > maxDepth) {
      report(
        'definition/too-large',
        firstCharacter(span(node)),
        `Maps and lists nest deeper than ${maxDepth} levels.`,
      )
      return undefined
    }
    const built = isMap(node)
      ? buildMap(node, depth)
      : isSeq(node)
        ? buildList(node, depth)
        : buildScalar(node)
    if ('anchor' in node && typeof node.anchor === 'string') anchors.set(node.anchor, built)
    return built
  }

  const buildMap = (node: ParsedNode & { items: readonly Pair[] }, depth: number): SourceMap => {
    const entries: SourceEntry[] = []
    const seen = new Map<string, SourceScalar>()
    let incomplete = false
    for (const pair of node.items as readonly Pair<ParsedNode, ParsedNode | null>[]) {
      const key = buildKey(pair.key)
      if (key === undefined) {
        incomplete = true
        continue
      }
      const name = String(key.value)
      const first = seen.get(name)
      if (first !== undefined && name !== '$ref') {
        report('definition/duplicate-key', key, `The key "${name}" stands twice in this map.`, {
          related: [{ message: 'First written here.', at: first }],
        })
        continue
      }
      seen.set(name, key)
      const value = build(pair.value, depth + 1, key.end)
      if (value === undefined) incomplete = true
      else entries.push({ key, name, value })
    }
    return { kind: 'map', entries, ...span(node), ...(incomplete ? { incomplete } : {}) }
  }

  const buildKey = (node: ParsedNode): SourceScalar | undefined => {
    const target = isAlias(node) ? anchors.get(node.source) : undefined
    if (!isScalar(node) && target?.kind !== 'scalar') {
      report('definition/syntax', span(node), 'A key must be a plain text.')
      return undefined
    }
    const key = target?.kind === 'scalar' ? { ...target, ...span(node) } : buildScalar(node)
    const text = key.style === 'plain' ? file.text.slice(key.start, key.end) : String(key.value)
    if (text === '__proto__') {
      report('definition/unknown-key', key, 'No map can have the key "__proto__".')
      return undefined
    }
    if (text === '<<' && key.style === 'plain') {
      report(
        'definition/unknown-key',
        key,
        'YAML 1.2 has no merge keys: `<<` would be a key like any other.',
        {
          hint: 'Write the keys out, or use a partial with `$ref`.',
        },
      )
      return undefined
    }
    return isScalar(node) ? { ...key, value: text } : key
  }

  const buildList = (node: ParsedNode & { items: readonly unknown[] }, depth: number): SourceNode => {
    const items = (node.items as readonly (ParsedNode | null)[]).map((item) =>
      build(item, depth + 1, span(node).start),
    )
    return { kind: 'list', items: items.filter((item) => item !== undefined), ...span(node) }
  }

  const buildScalar = (node: ParsedNode): SourceScalar => {
    const { value, type } = node as Scalar.Parsed
    return { kind: 'scalar', value, style: styles[type ?? ''] ?? 'plain', ...span(node) }
  }

  const span = ({ range }: ParsedNode): Span => {
    const [start, end] = range
    return { file, start, end: start + file.text.slice(start, end).trimEnd().length }
  }

  return build(document.contents, 0, 0)
}

const styles: Readonly<Record<string, SourceScalar['style']>> = {
  [Scalar.QUOTE_SINGLE]: 'single',
  [Scalar.QUOTE_DOUBLE]: 'double',
  [Scalar.BLOCK_FOLDED]: 'block',
  [Scalar.BLOCK_LITERAL]: 'block',
}

function emptyScalar(file: SourceFile, at: number): SourceScalar {
  return { kind: 'scalar', value: null, style: 'plain', file, start: at, end: at }
}

function firstCharacter({ file, start }: Span): Span {
  return { file, start, end: start + 1 }
}
