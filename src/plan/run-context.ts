/** What the expressions of a run can read. Built by the engine; steps add their snapshot as they end. */
export interface RunContext {
  readonly inputs: Readonly<Record<string, unknown>>
  readonly credentials: Readonly<Record<string, unknown>>
  /** Snapshots by step id. */
  readonly steps: Record<string, StepSnapshot>
  /** For each step with an iterator: the snapshots of its iterations. */
  readonly intermediateSteps: Record<string, IterationSnapshot[]>
  readonly context: {
    readonly authenticationType: string
    readonly environment: string
    readonly connectorKey: string
    readonly actionType: string
    readonly flowType: FlowType
    /** While an account is authorized: where the provider sends the person back to. */
    readonly redirectUri?: string
  }
  readonly connector: { readonly key: string; readonly title: string; readonly version: string }
  readonly action: { readonly id: string; readonly label: string }
  /** While an account is authorized: where the host of the callback lives. */
  readonly apiHostUri?: string
  /** Within `soap_paginated_request`: the page that is asked for. */
  readonly pageIterator?: Readonly<Record<string, unknown>>
  /** Within a step with an iterator. */
  readonly iterator?: { readonly item: unknown; readonly index: number; readonly current: unknown }
  /** Within a step that sends a file in pieces: the one that is sent. No expression reads it. */
  readonly piece?: Uint8Array
}

/** The names that expressions find beside a record, `external` of a mapping included. */
export const runContextRoots: ReadonlySet<string> = new Set([
  'inputs',
  'credentials',
  'steps',
  'intermediateSteps',
  'context',
  'connector',
  'action',
  'apiHostUri',
  'iterator',
  'external',
] satisfies readonly (keyof RunContext | 'external')[])

/** What a run is for; expressions read it as `$.context.flowType`. */
export type FlowType = 'action' | 'refresh_authentication' | 'test_action'

/** What a step leaves behind for the steps after it. */
export interface StepSnapshot {
  readonly output: StepOutput | undefined
  readonly successful: boolean
  readonly skipped: boolean
  readonly message?: string
  readonly errors?: readonly StepFailure[]
}

/** What one item of an iterator leaves behind, whether it was tried or not. */
export interface IterationSnapshot extends StepSnapshot {
  readonly index: number
  readonly item: unknown
}

/** A failure as expressions read it. */
export interface StepFailure {
  readonly code: string
  readonly message: string
  /** The item of an iterator that failed. */
  readonly index?: number
  /** HTTP status of the provider's answer. */
  readonly status?: number
  /** The provider's own words. */
  readonly providerMessage?: string
}

/** The output of a step function: `data` by custom, and what else the function gives. */
export interface StepOutput {
  readonly data?: unknown
  readonly [key: string]: unknown
}

/** Reads a value from the state of a run. */
export type Evaluate = (context: RunContext) => unknown
