import type { Diagnostic } from '../errors/index.ts'
import { checkDuplicates } from './check-duplicates.ts'
import { type ConnectorModel, createModel } from './connector-model.ts'
import { createFindings, type Report } from './findings.ts'
import { renameFormerKeys } from './former-names.ts'
import type { ConnectorDefinition } from './generated/connector-definition.ts'
import { defaultLimits, type LoadLimits } from './load-limits.ts'
import { inlineText } from './references/inline-text.ts'
import { resolveReferences } from './references/resolve-references.ts'
import type { DefinitionSource } from './source/definition-source.ts'
import { createTextParser, createTextReader, type ReadText, tooManyNodes } from './source/read-files.ts'
import type { SourceFile } from './source/source-file.ts'
import { countNodes, type SourceNode } from './source/source-node.ts'
import { validateDefinition } from './validate/validate-definition.ts'

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
  const files: SourceFile[] = []
  const { tree, diagnostics, report } = readTree(source, limits, files)
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

/** The definition as one tree, references resolved, with what was found; undefined where it cannot be validated. */
function readTree(
  source: DefinitionSource,
  limits: LoadLimits,
  files: SourceFile[],
): ReturnType<typeof createFindings> & { readonly tree: SourceNode | undefined } {
  const apart = createFindings()
  const readText = createTextReader(source, limits, files, apart.report)
  const tree = readApart(source, limits, readText, apart.report)
  const fault = apart.diagnostics.find(
    ({ code, severity }) => code === 'definition/syntax' && severity === 'error',
  )
  const together = fault === undefined ? undefined : readTogether(source, limits, readText, fault)
  return together ?? { ...apart, tree: tree && finish(tree, limits, apart.report) }
}

/** Each file by itself, and the trees put together: findings then stand where they belong. */
function readApart(
  source: DefinitionSource,
  limits: LoadLimits,
  readText: ReadText,
  report: Report,
): SourceNode | undefined {
  const parse = createTextParser(limits, report)
  const load = (name: string): SourceNode | null | undefined => {
    const file = readText(name)
    return file ? parse(file) : file
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
  return resolveReferences(root, partials, report, limits.maxNodes)
}

/** All files as one text, as the original reads them; undefined where that is no YAML either. */
function readTogether(
  source: DefinitionSource,
  limits: LoadLimits,
  readText: ReadText,
  fault: Diagnostic,
): ReturnType<typeof readTree> | undefined {
  const root = readText(source.root)
  const readPartial = (name: string) => readText(`${name}${partialEnding}`) ?? undefined
  const inlined = root ? inlineText(root, readPartial, limits.maxFileBytes) : undefined
  if (inlined === undefined) return undefined
  const findings = createFindings()
  const tree = createTextParser(limits, findings.report)(inlined.file)
  if (tree?.kind !== 'map' || findings.diagnostics.some(({ severity }) => severity === 'error'))
    return undefined
  findings.report(
    'definition/reference-invalid',
    fault.location,
    'This is YAML only once the text of the partials stands in place of their references.',
    {
      severity: 'warning',
      hint: 'Let each file be YAML by itself: references as keys or as list items, not both; no anchors of other files.',
    },
  )
  return { ...findings, tree: finish(inlined.restorePlaces(tree), limits, findings.report) }
}

/** Counts what shared parts come to, and gives former keys their present names. */
function finish(tree: SourceNode, limits: LoadLimits, report: Report): SourceNode | undefined {
  if (countNodes(tree) <= limits.maxNodes) return renameFormerKeys(tree, report)
  report('definition/too-large', { ...tree, end: tree.start }, tooManyNodes(limits))
  return undefined
}

const partialEnding = '.s1.partial.yaml'

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
