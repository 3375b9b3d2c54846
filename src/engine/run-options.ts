import type { CallOptions } from '../plan/index.ts'
import type { Transport } from '../transport/index.ts'
import type { Observer } from './run-event.ts'

/** What a call of an action may say. Nothing here is coerced or read from the environment. */
export interface RunOptions extends CallOptions {
  /** For the whole call, waits included; 30,000 by default. With `iterateAction`: for each page. */
  readonly timeoutMs?: number
  /** Ends the call; nothing is left running. */
  readonly signal?: AbortSignal
  /** Sees what happens, as it happens. Its events hold no secret. */
  readonly observer?: Observer
  /** Sends the requests; one shared transport over got by default. */
  readonly transport?: Transport
  /** Bounds on what an answer may cost. */
  readonly limits?: RunLimits
}

export interface RunLimits {
  /** Largest body after decompression, in bytes; 100 MiB by default. */
  readonly maxBytes?: number
  /** Sendings of one request, the first counted; 5 by default. */
  readonly maxAttempts?: number
  /** Longest `Retry-After` that is waited for; 30,000 by default. */
  readonly maxRetryAfterMs?: number
}

/** What an action gives. */
export interface RunResult {
  /** What the definition's `result` says. */
  readonly data: unknown
  /** Opaque; pass it back as the cursor input for the next page. Absent at the end. */
  readonly next?: string
  readonly meta: RunMeta
}

/** About the run, not about the data. */
export interface RunMeta {
  /** With the connector's prefix. */
  readonly action: string
  /** Requests sent, retries counted. */
  readonly requests: number
  /** Status of the last answer. */
  readonly status?: number
  /** The provider's id of the last request, where it named one. */
  readonly requestId?: string
  readonly durationMs: number
  /** What the definition's `result` holds beside `data` and `next`. */
  readonly result?: Readonly<Record<string, unknown>>
  /** What the action's `emit_event` steps emitted, in order. */
  readonly events?: readonly Readonly<Record<string, unknown>>[]
  /** Things worth knowing that are no failure, such as a failed step that the definition ignores. */
  readonly warnings?: readonly string[]
}
