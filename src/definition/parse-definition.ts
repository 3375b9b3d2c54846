import type { Diagnostic } from '../errors/index.ts'
import { checkDuplicates } from './check-duplicates.ts'
import { type ConnectorModel, createModel } from './connector-model.ts'
import { createFindings, type Report } from './findings.ts'
import { renameFormerKeys } from './former-names.ts'
import type { ConnectorDefinition } from './generated/connector-definition.ts'
import { defaultLimits, type LoadLimits } from './load-limits.ts'
import { resolveReferences } from './references/resolve-references.ts'
import { buildTree } from './source/build-tree.ts'
import { decodeText } from './source/decode-text.ts'
import { parseYaml } from './source/parse-yaml.ts'
import { readPlainYaml } from './source/read-plain-yaml.ts'
import type { SourceFile } from './source/source-file.ts'
import { countNodes, type SourceNode } from './source/source-node.ts'
import { validateDefinition } from './validate/validate-definition.ts'

/** Where the files of a connector come from. */
export interface DefinitionSource {
  /** Name of the connector file, as `read` takes it. */
  readonly root: string
  /** Content of a file; undefined where it does not exist; a problem where it cannot be had. */
  read(name: string): string | Uint8Array | FileProblem | undefined
  /** Names of the files there are, for suggestions. */
  readonly names?: readonly string[]
  /** How findings name a file; its own name where left out. */
  display?(name: string): string
}

/** Why a file that exists is not read: the rest of a sentence that starts with its name. */
export interface FileProblem {
  readonly code: 'definition/unreadable' | 'definition/too-large' | 'definition/reference-invalid'
  readonly problem: string
}

/** What reading a definition gives: the model, or null where there is an error; and every finding either way. */
export interface LoadResult {
  readonly model: ConnectorModel | null
  readonly diagnostics: readonly Diagnostic[]
  /** The content with its places, references resolved, also where it has errors; null where it cannot be read. */
  readonly tree: SourceNode | null
  /** Every file that was read, the connector file first. */
  readonly files: readonly SourceFile[]
}

/** Reads a connector from texts at hand. Never throws for what a text holds: every mistake is a finding. */
export function parseDefinition(
  source: DefinitionSource,
  options: { readonly limits?: Partial<LoadLimits> } = {},
): LoadResult {
  const limits = { ...defaultLimits, ...options.limits }
  const { diagnostics, report } = createFindings()
  const files: SourceFile[] = []
  const tree = readTree(source, limits, files, report)
  const definition = tree && validateDefinition(tree, report)
  if (tree) checkDuplicates(tree, report)
  const sorted = sortByPlace(diagnostics, files)
  const usable = tree !== undefined && !sorted.some(({ severity }) => severity === 'error')
  return {
    model: usable ? createModel(definition as ConnectorDefinition, tree, files) : null,
    diagnostics: sorted,
    tree: tree ?? null,
    files,
  }
}

/** The definition as one tree, references resolved. Undefined where it cannot be validated; that is reported. */
function readTree(
  source: DefinitionSource,
  limits: LoadLimits,
  files: SourceFile[],
  report: Report,
): SourceNode | undefined {
  const budget = { remaining: limits.maxTokens }
  const load = (name: string): SourceNode | null | undefined => {
    const content = source.read(name)
    if (content === undefined) return undefined
    const file: SourceFile = { name: source.display?.(name) ?? name, text: '' }
    const start = { file, start: 0, end: 0 }
    if (isProblem(content)) {
      report(content.code, start, `${file.name} ${content.problem}.`)
      return null
    }
    if (byteLength(content) > limits.maxFileBytes) {
      report('definition/too-large', start, `${file.name} is longer than ${limits.maxFileBytes} bytes.`)
      return null
    }
    if (files.length >= limits.maxFiles) {
      report('definition/too-large', start, `The connector has more than ${limits.maxFiles} files.`)
      return null
    }
    const decoded = decodeText(content)
    if ('problem' in decoded) {
      report('definition/unreadable', start, `${file.name} ${decoded.problem}.`)
      return null
    }
    return parseFile({ ...file, text: decoded.text })
  }
  let nodesLeft = limits.maxNodes
  const parseFile = (file: SourceFile): SourceNode | null => {
    files.push(file)
    const plain = readPlainYaml(file, limits.maxDepth)
    // A value is at least one token: beyond the limit the general parser says so.
    const isPlain = plain !== undefined && plain.nodes <= budget.remaining
    if (isPlain) budget.remaining -= plain.nodes
    const document = isPlain ? undefined : parseYaml(file, budget, report)
    const tree = isPlain ? plain.tree : document && buildTree(document, file, limits.maxDepth, report)
    if (tree === undefined) return null
    // Shared parts must be counted before anything walks them one by one.
    nodesLeft -= isPlain ? plain.nodes : countNodes(tree)
    if (nodesLeft >= 0) return tree
    report('definition/too-large', { file, start: 0, end: 0 }, tooManyNodes(limits))
    return null
  }

  const root = load(source.root)
  if (root === undefined) {
    const file = { name: source.display?.(source.root) ?? source.root, text: '' }
    report('definition/not-found', { file, start: 0, end: 0 }, `There is no file ${file.name}.`)
  }
  if (!root) return undefined
  if (root.kind !== 'map') {
    report(
      'definition/wrong-type',
      root,
      'A connector file is a map of keys such as `StackOne`, `info` and `actions`.',
    )
    return undefined
  }
  const partials = {
    read: (name: string) => load(`${name}${partialEnding}`),
    names: () =>
      (source.names ?? [])
        .filter((name) => name.endsWith(partialEnding))
        .map((name) => name.slice(0, -partialEnding.length)),
  }
  const resolved = resolveReferences(root, partials, report)
  if (resolved === undefined) return undefined
  if (countNodes(resolved) > limits.maxNodes) {
    report('definition/too-large', { ...root, end: root.start }, tooManyNodes(limits))
    return undefined
  }
  return renameFormerKeys(resolved, report)
}

function tooManyNodes({ maxNodes }: LoadLimits): string {
  return `The connector has more than ${maxNodes} values once aliases and references are written out.`
}

const partialEnding = '.s1.partial.yaml'

function isProblem(content: string | Uint8Array | FileProblem): content is FileProblem {
  return typeof content === 'object' && 'problem' in content
}

function byteLength(content: string | Uint8Array): number {
  return typeof content === 'string' ? Buffer.byteLength(content) : content.byteLength
}

/** In the order a reader meets them: connector file first, partials as they are referred to, each from top to bottom. */
function sortByPlace(
  diagnostics: readonly Diagnostic[],
  files: readonly SourceFile[],
): readonly Diagnostic[] {
  const order = new Map(files.map(({ name }, index) => [name, index]))
  const rank = ({ location }: Diagnostic): number => order.get(location.file) ?? files.length
  return diagnostics.toSorted(
    (one, other) =>
      rank(one) - rank(other) || one.location.range.start.offset - other.location.range.start.offset,
  )
}
