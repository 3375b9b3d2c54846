export type { ConnectorModel } from './connector-model.ts'
export type * from './generated/connector-definition.ts'
export { loadDefinition, openDefinition } from './load-definition.ts'
export { defaultLimits, type LoadLimits } from './load-limits.ts'
export { type LoadResult, parseDefinition } from './parse-definition.ts'
export { parseYamlFile } from './parse-yaml-file.ts'
export { requestFunctions } from './request-functions.ts'
export { definitionOf, type FormatSchema, loadFormatSchema } from './schema/format-schema.ts'
export type { DefinitionSource, FileProblem } from './source/definition-source.ts'
export { locateInScalar } from './source/scalar-offsets.ts'
export { type SourceFile, type Span, toLocation } from './source/source-file.ts'
export type {
  DefinitionPath,
  SourceEntry,
  SourceList,
  SourceMap,
  SourceNode,
  SourceScalar,
} from './source/source-node.ts'
