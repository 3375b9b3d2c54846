import type { Location } from '../errors/index.ts'
import type { StreamedBody } from '../http/index.ts'
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
  /** Later steps do not wait for it; the action does, before its result. */
  readonly isAsync: boolean
  /** Gives the list whose items the calls run for. */
  readonly iterator?: Evaluate
  /** Items of the iterator that run at a time. */
  readonly concurrency: number
  /** What an item that fails means: the end of the step, an entry among its errors, or that and never the end of the run. */
  readonly onItemError: 'stop' | 'continue' | 'report'
  /** One call, or several in order within an iterator. */
  readonly calls: readonly StepCall[]
  readonly location: Location
}

/** A step function with its compiled parameters. */
export type StepCall =
  | RequestCall
  | PaginatedRequestCall
  | DownloadCall
  | PureCall
  | McpCall
  | AdapterCall
  | UnsupportedCall

/** `request`, `soap_request` and the uploads: one HTTP call, or one page of a listing under `x-mainspring.paging`. */
export interface RequestCall {
  readonly kind: 'request'
  readonly functionName: string
  readonly request: RequestPlan
  readonly paging?: PagingPlan
  /** The body goes out in pieces, a request each. */
  readonly chunks?: ChunksPlan
  /** Where the parameters that paging adds are declared. */
  readonly pageParts: readonly RequestPart[]
}

/** A file that goes out in pieces, see `x-mainspring.chunks`. */
export interface ChunksPlan {
  /** Bytes of a piece. */
  readonly bytes: number
  /** The whole file. @throws {InputError} what is neither a file of the caller nor base64 */
  read(context: RunContext): StreamedBody | Uint8Array
}

/** `paginated_request`, `soap_paginated_request`: calls until the wanted number of rows is there. */
export interface PaginatedRequestCall {
  readonly kind: 'paginated_request'
  readonly functionName: string
  readonly request: RequestPlan
  readonly iterator: PageIterator
  readonly pageParts: readonly RequestPart[]
}

/** `download_file`: one call for a file, or one for a document that holds it or names its address. */
export interface DownloadCall {
  readonly kind: 'download'
  readonly functionName: string
  readonly request: RequestPlan
  readonly pageParts: readonly RequestPart[]
  readonly download: DownloadPlan
}

/** Where the bytes of a file are, and as what they are given. */
export interface DownloadPlan {
  /** The content within the answer; undefined where the answer is the file. */
  readonly content?: (body: unknown) => unknown
  /** The address of the file within the answer. */
  readonly address?: (body: unknown) => unknown
  readonly fileName?: (body: unknown) => unknown
  readonly contentType?: (context: RunContext, body: unknown) => unknown
  /** The content within the answer is base64. */
  readonly isBase64: boolean
  /** The address is fetched with the headers of the first call. */
  readonly forwardsAuthorization: boolean
  readonly as: 'base64' | 'utf8' | 'binary' | 'bytes' | 'json'
  /** Redirects followed, also to other origins; without credentials there. */
  readonly maxRedirects: (context: RunContext) => number
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
  /** Where the listing begins, where the definition says so and the caller does not: `{token, position}`. */
  readonly start?: Evaluate
  /** SOAP: one object is one record, and expressions see the root `pageIterator`. */
  readonly isSoap: boolean
}

/** `mcp_request`: a call to an MCP server, over the transport like any other. */
export interface McpCall {
  readonly kind: 'mcp_request'
  readonly functionName: string
  /** Address, authorization and secrets. */
  readonly request: RequestPlan
  readonly pageParts: readonly RequestPart[]
  read(context: RunContext): McpParameters
}

export interface McpParameters {
  /** `tools/call` or `tools/list`. */
  readonly method: string
  readonly toolName?: string
  readonly timeoutMs?: number
  readonly arguments: Readonly<Record<string, unknown>>
}

/** A step function that code of the operator carries out: see `StepAdapters` of the engine. */
export interface AdapterCall {
  readonly kind: 'adapter'
  readonly functionName: string
  readonly adapter: 'codeExecutionLambda' | 'browserUse'
  /** True where the function may not run, since its action is not asynchronous. */
  readonly asyncOnly: boolean
  /** The evaluated parameters. */
  read(context: RunContext): Readonly<Record<string, unknown>>
  /** What of the adapter's answer is `data`. */
  readData(payload: unknown): unknown
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
