/**
 * Code of the operator that carries out step functions which need a cloud or a browser. Set on the options of a run;
 * a step whose adapter is not set ends with `step/no-adapter` and nothing is done.
 *
 * @example
 * const adapters: StepAdapters = {
 *   codeExecutionLambda: async ({ lambdaName, args }, { signal }) => {
 *     const answer = await invoke(lambdaName, JSON.stringify(args), signal)
 *     return { payload: JSON.parse(answer.body), statusCode: answer.status }
 *   },
 * }
 */
export interface StepAdapters {
  /** `code_execution_lambda` */
  readonly codeExecutionLambda?: (
    request: CodeExecutionRequest,
    call: AdapterCallInfo,
  ) => Promise<AdapterAnswer>
  /** `browser_use` */
  readonly browserUse?: (request: BrowserUseRequest, call: AdapterCallInfo) => Promise<AdapterAnswer>
}

/** The parameters of `code_execution_lambda`, evaluated. */
export interface CodeExecutionRequest {
  readonly lambdaName?: string
  readonly region?: string
  readonly endpoint?: string
  readonly invocationType?: string
  readonly qualifier?: string
  /** By name; those whose condition does not hold are left out. */
  readonly args: Readonly<Record<string, unknown>>
}

/** The parameters of `browser_use`, evaluated. */
export interface BrowserUseRequest {
  readonly startUrl?: string
  readonly systemPrompt?: string
  readonly budgets?: { readonly maxDurationMs?: number; readonly maxSteps?: number }
  readonly auth?: unknown
}

/** About the call that an adapter serves. */
export interface AdapterCallInfo {
  /** With the connector's prefix. */
  readonly action: string
  readonly step: string
  /** What is left for the run. The step fails then, whether or not the adapter has ended. */
  readonly timeoutMs: number
  /** Raised when the time is over or the caller ends the run; the adapter should leave nothing running. */
  readonly signal: AbortSignal
  /** Of the account; never to be logged. */
  readonly credentials: Readonly<Record<string, unknown>>
}

/** What an adapter gives back. It rejects for a failure; the words of a `MainspringError` reach the caller, others do not. */
export interface AdapterAnswer {
  /** Becomes `raw` of the step's output, and `data` by `dataKey`. */
  readonly payload: unknown
  /** 200 where it is left out; from 400 on the step fails. */
  readonly statusCode?: number
  /** Of a function: the version that ran. */
  readonly executedVersion?: string
}
