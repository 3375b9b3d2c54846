import type { Location } from '../errors/index.ts'
import type { PagingPlan } from './paging/paging-plan.ts'
import type { RequestPart } from './request/request-part.ts'
import type { RequestPlan } from './request/request-plan.ts'
import type { Evaluate, RunContext, StepOutput } from './run-context.ts'

/** One step of an action. */
export interface StepPlan {
  readonly id: string
  readonly description?: string
  /** The step is skipped where it gives a falsy value. */
  readonly condition?: Evaluate
  /** What a condition counts as that fails to evaluate: met, not met, or the end of the action. */
  readonly onConditionError: boolean | 'break'
  readonly ignoreError: boolean
  /** Decides success instead of the status; sees the step's own snapshot. */
  readonly successCriteria?: Evaluate
  /** Gives the list whose items the calls run for. */
  readonly iterator?: Evaluate
  /** One call, or several in order within an iterator. */
  readonly calls: readonly StepCall[]
  readonly location: Location
}

/** A step function with its compiled parameters. */
export type StepCall = RequestCall | PaginatedRequestCall | PureCall | UnsupportedCall

/** `request`: one HTTP call, or one page of a listing under `x-mainspring.paging`. */
export interface RequestCall {
  readonly kind: 'request'
  readonly functionName: string
  readonly request: RequestPlan
  readonly paging?: PagingPlan
  /** Where the parameters that paging adds are declared. */
  readonly pageParts: readonly RequestPart[]
}

/** `paginated_request`: calls until the wanted number of rows is there. */
export interface PaginatedRequestCall {
  readonly kind: 'paginated_request'
  readonly functionName: string
  readonly request: RequestPlan
  readonly iterator: PageIterator
  readonly pageParts: readonly RequestPart[]
}

/** The paging parameters of `paginated_request`. */
export interface PageIterator {
  readonly mode: 'cursor' | 'offset' | 'page'
  readonly key: string
  readonly in: 'query' | 'body'
  readonly startPage: number
  readonly maxPage: number
  /** The token of the next page, from the body or a header of the answer. */
  readonly nextToken: (body: unknown, headers: Readonly<Record<string, string>>) => unknown
  /** Paging goes on only while it gives true on the body. */
  readonly condition?: (body: unknown) => unknown
}

/** A step function without network: a value from the state of the run. */
export interface PureCall {
  readonly kind: 'pure'
  readonly functionName: string
  /** Awaited before the first run: tables that are too large to load for connectors that do not use them. */
  load?(): Promise<void>
  /** @param now - milliseconds since 1970 */
  run(context: RunContext, now: () => number): StepResult
}

/** What a pure step function gives; `output` is absent where it has none. */
export interface StepResult {
  readonly output?: StepOutput
  readonly errors?: readonly { readonly code: string; readonly message: string }[]
  /** For the caller: told to its observer, and kept in `meta.events`. */
  readonly event?: Readonly<Record<string, unknown>>
  /** Values made by the step that must be masked from here on, as credentials are. */
  readonly secrets?: readonly string[]
}

/** A step function of the format that this engine does not run yet. Running it is a coded error. */
export interface UnsupportedCall {
  readonly kind: 'unsupported'
  readonly functionName: string
  readonly reason: string
}
