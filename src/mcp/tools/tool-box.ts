import type { CallToolResult, Tool } from '@modelcontextprotocol/server'
import type { Observer, RunResult } from '../../engine/index.ts'
import type { ActionPlan, ConnectorPlan } from '../../plan/index.ts'

/** An action that the operator's policy lets this caller use. */
export interface OfferedAction {
  readonly connector: Pick<ConnectorPlan, 'key' | 'title'>
  readonly action: ActionPlan
}

/** Who runs the actions, with whose credentials, and what is allowed: the hub's account or the command line's. */
export interface ToolHost {
  readonly offered: readonly OfferedAction[]
  /** Whether the passthrough may write. */
  readonly allowWrites: boolean
  /** Whether a call of the action may have to be confirmed: its tool then takes the token as `confirm`. */
  confirms?(action: ActionPlan): boolean
  /** Enforces the policy again: a list is no guard. @throws {MainspringError} */
  run(
    action: ActionPlan,
    inputs: Readonly<Record<string, unknown>>,
    options: {
      readonly signal: AbortSignal
      readonly observer?: Observer
      /** The token that stands for this very call. */
      readonly confirm?: string
    },
  ): Promise<RunResult>
}

/** What the description of a tool depends on beside its action. */
export type ToolRules = Pick<ToolHost, 'allowWrites' | 'confirms'>

/** How far a call has come. */
export interface ToolProgress {
  readonly progress: number
  readonly total?: number
  readonly message: string
}

export interface ToolCallOptions {
  readonly signal: AbortSignal
  readonly onProgress?: (progress: ToolProgress) => void
}

/** The tools of one caller. */
export interface ToolBox {
  readonly tools: readonly Tool[]
  /** Undefined where there is no tool of this name; a failure of the tool itself is a result. */
  call(
    name: string,
    given: Readonly<Record<string, unknown>>,
    options: ToolCallOptions,
  ): Promise<CallToolResult> | undefined
}
