import type { Diagnostic } from '../errors/index.ts'
import { createFindings } from './findings.ts'
import { defaultLimits } from './load-limits.ts'
import { buildTree } from './source/build-tree.ts'
import { parseYaml } from './source/parse-yaml.ts'
import type { SourceFile } from './source/source-file.ts'
import type { SourceNode } from './source/source-node.ts'

/** One YAML file that is no connector, as a tree with places; null where it cannot be parsed, which is reported. */
export function parseYamlFile(file: SourceFile): {
  readonly tree: SourceNode | null
  readonly diagnostics: readonly Diagnostic[]
} {
  const { diagnostics, report } = createFindings()
  const document = parseYaml(file, { remaining: defaultLimits.maxTokens }, report)
  const tree = document && buildTree(document, file, defaultLimits.maxDepth, report)
  return { tree: tree ?? null, diagnostics }
}
