import type { Compiler, DefinitionPath } from '../compiler.ts'
import type { ConnectorRequestDefaults } from '../request/compile-request.ts'
import type { StepCall } from '../step-plan.ts'

/** What a step function is compiled from. */
export interface StepSource {
  readonly functionName: string
  readonly version: string
  readonly parameters: Readonly<Record<string, unknown>>
  readonly at: DefinitionPath
  /** `x-mainspring` of the step. */
  readonly extension: Readonly<Record<string, unknown>>
  readonly extensionAt: DefinitionPath
  /** The action around it. */
  readonly action: Readonly<Record<string, unknown>>
  readonly actionAt: DefinitionPath
  readonly defaults: ConnectorRequestDefaults
  readonly compiler: Compiler
}

/** One step function of one version: a file each, listed in the registry. */
export interface StepFunction {
  readonly name: string
  readonly versions: readonly string[]
  compile(source: StepSource): StepCall
}
