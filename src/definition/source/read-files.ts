import type { Report } from '../findings.ts'
import type { LoadLimits } from '../load-limits.ts'
import { buildTree } from './build-tree.ts'
import { decodeText } from './decode-text.ts'
import type { DefinitionSource, FileProblem } from './definition-source.ts'
import { parseYaml } from './parse-yaml.ts'
import { readPlainYaml } from './read-plain-yaml.ts'
import type { SourceFile } from './source-file.ts'
import { countNodes, type SourceNode } from './source-node.ts'

/** Reads the text of each file once. Gives undefined where there is none, null where it is reported as unreadable. */
export type ReadText = (name: string) => SourceFile | null | undefined

/** @param files - gets every file that was read, in order */
export function createTextReader(
  source: DefinitionSource,
  limits: LoadLimits,
  files: SourceFile[],
  report: Report,
): ReadText {
  const texts = new Map<string, SourceFile | null | undefined>()
  const load: ReadText = (name) => {
    const content = source.read(name)
    if (content === undefined) return undefined
    const file: SourceFile = { name: source.display?.(name) ?? name, text: '' }
    const refuse = (code: FileProblem['code'], message: string): null => {
      report(code, { file, start: 0, end: 0 }, message)
      return null
    }
    if (isProblem(content)) return refuse(content.code, `${file.name} ${content.problem}.`)
    if (byteLength(content) > limits.maxFileBytes)
      return refuse('definition/too-large', `${file.name} is longer than ${limits.maxFileBytes} bytes.`)
    if (files.length >= limits.maxFiles)
      return refuse('definition/too-large', `The connector has more than ${limits.maxFiles} files.`)
    const decoded = decodeText(content)
    if ('problem' in decoded) return refuse('definition/unreadable', `${file.name} ${decoded.problem}.`)
    const read = { ...file, text: decoded.text }
    files.push(read)
    return read
  }
  return (name) => {
    if (!texts.has(name)) texts.set(name, load(name))
    return texts.get(name)
  }
}

/** Text → tree; null where it is none, which is reported. Budgets are those of all texts together. */
export function createTextParser(
  limits: LoadLimits,
  report: Report,
): (file: SourceFile) => SourceNode | null {
  const tokens = { remaining: limits.maxTokens }
  let nodesLeft = limits.maxNodes
  return (file) => {
    const plain = readPlainYaml(file, limits.maxDepth)
    // A value is at least one token: beyond the limit the general parser says so.
    const isPlain = plain !== undefined && plain.nodes <= tokens.remaining
    if (isPlain) tokens.remaining -= plain.nodes
    const document = isPlain ? undefined : parseYaml(file, tokens, report)
    const tree = isPlain ? plain.tree : document && buildTree(document, file, limits.maxDepth, report)
    if (tree === undefined) return null
    // Shared parts must be counted before anything walks them one by one.
    nodesLeft -= isPlain ? plain.nodes : countNodes(tree)
    if (nodesLeft >= 0) return tree
    report('definition/too-large', { file, start: 0, end: 0 }, tooManyNodes(limits))
    return null
  }
}

export function tooManyNodes({ maxNodes }: LoadLimits): string {
  return `The connector has more than ${maxNodes} values once aliases and references are written out.`
}

function isProblem(content: string | Uint8Array | FileProblem): content is FileProblem {
  return typeof content === 'object' && 'problem' in content
}

function byteLength(content: string | Uint8Array): number {
  return typeof content === 'string' ? Buffer.byteLength(content) : content.byteLength
}
