/** What the expressions of a run can read. Built by the engine; steps add their snapshot as they end. */
export interface RunContext {
  readonly inputs: Readonly<Record<string, unknown>>
  readonly credentials: Readonly<Record<string, unknown>>
  /** Snapshots by step id. */
  readonly steps: Record<string, StepSnapshot>
  /** For each step with an iterator: the snapshots of its iterations. */
  readonly intermediateSteps: Record<string, StepSnapshot[]>
  readonly context: {
    readonly authenticationType: string
    readonly environment: string
    readonly connectorKey: string
    readonly actionType: string
    readonly flowType: 'action' | 'refresh_authentication' | 'test_action'
  }
  readonly connector: { readonly key: string; readonly title: string; readonly version: string }
  readonly action: { readonly id: string; readonly label: string }
  /** Within a step with an iterator. */
  readonly iterator?: { readonly item: unknown; readonly index: number; readonly current: unknown }
}

/** What a step leaves behind for the steps after it. */
export interface StepSnapshot {
  readonly output: StepOutput | undefined
  readonly successful: boolean
  readonly skipped: boolean
  readonly message?: string
  readonly errors?: readonly { readonly code: string; readonly message: string }[]
}

/** The output of a step function: `data` by custom, and what else the function gives. */
export interface StepOutput {
  readonly data?: unknown
  readonly [key: string]: unknown
}

/** Reads a value from the state of a run. */
export type Evaluate = (context: RunContext) => unknown
