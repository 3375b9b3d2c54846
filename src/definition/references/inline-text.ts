import type { SourceFile } from '../source/source-file.ts'
import type { SourceNode, SourceScalar } from '../source/source-node.ts'

/*
 * The original replaces each `$ref` line by the text of its partial before it reads YAML. Almost always that is the same
 * as putting trees together, which gives better findings. Where it is not (references beside list items, anchors that
 * another file uses), the files are no YAML one by one and the text as a whole is.
 */

/** The text of a connector with its references replaced. */
export interface InlinedText {
  /** The whole text, under the name of the root. */
  readonly file: SourceFile
  /** The same tree, each node at the place it was written at. */
  restorePlaces(tree: SourceNode): SourceNode
}

/** One line of the whole text. */
interface Line {
  readonly start: number
  readonly file: SourceFile
  /** Where the line starts in its file. */
  readonly origin: number
  /** Blanks put in front of it. */
  readonly pad: number
}

const referenceLine = /^( *)(?:- +)?\$ref: *(['"]?)([\w.-]+)\2 *(?:#.*)?$/

/**
 * @param read - the text of a partial
 * @returns undefined without references, and where one cannot be followed or the whole grows beyond `maxLength`
 */
export function inlineText(
  root: SourceFile,
  read: (name: string) => SourceFile | undefined,
  maxLength: number,
): InlinedText | undefined {
  const lines: Line[] = []
  const pieces: string[] = []
  let length = 0
  let references = 0

  const add = (file: SourceFile, pad: number, trail: readonly string[]): boolean => {
    let origin = 0
    for (const text of file.text.split('\n')) {
      const found = referenceLine.exec(text)
      if (found === null) {
        const padded = text.trim() === '' ? text : ' '.repeat(pad) + text
        lines.push({ start: length, file, origin, pad: padded.length - text.length })
        pieces.push(padded)
        length += padded.length + 1
        if (length > maxLength) return false
      } else {
        const name = found[3] ?? ''
        const partial = trail.includes(name) ? undefined : read(name)
        references += 1
        if (partial === undefined) return false
        if (!add(partial, pad + (found[1] ?? '').length, [...trail, name])) return false
      }
      origin += text.length + 1
    }
    return true
  }

  if (!add(root, 0, []) || references === 0) return undefined
  return {
    file: { name: root.name, text: pieces.join('\n') },
    restorePlaces: (tree) => restorePlaces(tree, lines),
  }
}

function restorePlaces(tree: SourceNode, lines: readonly Line[]): SourceNode {
  // Shared parts stay shared.
  const restored = new Map<SourceNode, SourceNode>()
  const restore = (node: SourceNode): SourceNode => {
    const known = restored.get(node)
    if (known !== undefined) return known
    const place = placeOf(node, lines)
    const result: SourceNode =
      node.kind === 'scalar'
        ? { ...node, ...place }
        : node.kind === 'list'
          ? { ...node, ...place, items: node.items.map(restore) }
          : {
              ...node,
              ...place,
              entries: node.entries.map(({ key, name, value }) => ({
                key: restore(key) as SourceScalar,
                name,
                value: restore(value),
              })),
            }
    restored.set(node, result)
    return result
  }
  return restore(tree)
}

/** A node that begins in one file and ends in another is said to stand where it begins. */
function placeOf(node: SourceNode, lines: readonly Line[]): { file: SourceFile; start: number; end: number } {
  const first = lineAt(node.start, lines)
  const start = offsetIn(first, node.start)
  const last = lineAt(Math.max(node.start, node.end - 1), lines)
  const end = last.file === first.file ? offsetIn(last, node.end) : start
  return { file: first.file, start, end: Math.max(start, end) }
}

function offsetIn({ start, origin, pad }: Line, offset: number): number {
  return origin + Math.max(0, offset - start - pad)
}

function lineAt(offset: number, lines: readonly Line[]): Line {
  let low = 0
  let high = lines.length - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if ((lines[middle]?.start ?? 0) <= offset) low = middle
    else high = middle - 1
  }
  return lines[low] as Line
}
