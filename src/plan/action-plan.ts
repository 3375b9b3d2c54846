import type { InputProblem, Location } from '../errors/index.ts'
import type { RequestEffect } from '../http/index.ts'
import type { CompositeIds } from './composite/compile-composite-ids.ts'
import type { Evaluate } from './run-context.ts'
import type { StepPlan } from './step-plan.ts'
import type { SyncPlan } from './sync/sync-plan.ts'

/** One action, compiled. */
export interface ActionPlan {
  /** As the definition spells it: `list_people`. */
  readonly id: string
  /** With the connector's key: `clockwork_list_people`. The name of its MCP tool. */
  readonly qualifiedId: string
  readonly label: string
  readonly description: string
  readonly details?: string
  readonly actionType: string
  readonly categories: readonly string[]
  /** A `preview` action runs only where the caller allows it. */
  readonly stage: 'stable' | 'beta' | 'preview'
  readonly evidence?: Evidence
  /** `write` as soon as one of its steps writes. */
  readonly effect: RequestEffect
  /** True where the caller chooses the method: writes then need `allowWrites`. */
  readonly passthrough: boolean
  readonly inputs: readonly InputPlan[]
  /** The inputs whose content is sent as a file: each takes base64, or a file of `files`. Nested ones as `file.content`. */
  readonly fileInputs: ReadonlySet<string>
  /** JSON Schema (2020-12) of the inputs object, with descriptions. */
  readonly inputSchema: Readonly<Record<string, unknown>>
  /** JSON Schema of `data`, as far as the definition tells; absent where nothing is known. */
  readonly outputSchema?: Readonly<Record<string, unknown>>
  /** Every problem of the inputs at once; empty when they can be used. Never coerces. */
  checkInputs(inputs: unknown): readonly InputProblem[]
  /** Present on actions that list page by page. */
  readonly listing?: ListingPlan
  /** Present on actions that can be synced. */
  readonly sync?: SyncPlan
  readonly steps: readonly StepPlan[]
  /** What its expressions read of earlier steps: `steps.get.output.data.people[*].id`. */
  readonly stepReads: readonly string[]
  /** Present where ids of the action are made of several values. */
  readonly compositeIds?: CompositeIds
  /** The definition's `result`, evaluated when all steps are done. */
  readonly result: Evaluate
  /** The action's id in its file. */
  readonly location: Location
}

/** How sure we are of an action, and why. Marks: A shipped client … E inferred. */
export interface Evidence {
  readonly request: string
  readonly response?: string
  readonly source: string
  readonly note?: string
}

/** Names of the inputs that ask for a page. */
export interface ListingPlan {
  readonly pageSizeInput: string
  readonly cursorInput: string
  /** The definition reads the cursor itself and hands out its own `next`. */
  readonly ownCursor: boolean
  /** What an absent page size stands for. */
  readonly defaultPageSize?: number
}

/** One declared input. */
export interface InputPlan {
  readonly name: string
  /** `string`, `number`, `boolean`, `datetime_string`, `object` or `enum`; elements of a list where `array`. */
  readonly type: string
  readonly array: boolean
  readonly required: boolean
  /** Whether null is taken, and sent as null. */
  readonly nullable: boolean
  readonly in?: string
  readonly description?: string
  readonly values?: readonly string[]
  readonly properties?: readonly InputPlan[]
}
