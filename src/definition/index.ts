export type { ConnectorModel } from './connector-model.ts'
export type * from './generated/connector-definition.ts'
export { loadDefinition } from './load-definition.ts'
export { defaultLimits, type LoadLimits } from './load-limits.ts'
export { nearestName } from './nearest-name.ts'
export {
  type DefinitionSource,
  type FileProblem,
  type LoadResult,
  parseDefinition,
} from './parse-definition.ts'
export type { SourceFile } from './source/source-file.ts'
export type { DefinitionPath } from './source/source-node.ts'
