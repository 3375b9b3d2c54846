import type { Writable } from 'node:stream'
import type { CallOptions } from '../plan/index.ts'
import type { Transport } from '../transport/index.ts'
import type { StepAdapters } from './adapters/step-adapters.ts'
import type { CredentialSource } from './auth/credential-source.ts'
import type { AnswerMemory } from './cache/answer-memory.ts'
import type { ResponseCache } from './cache/response-cache.ts'
import type { Flow } from './flow/flow.ts'
import type { Observer } from './run-event.ts'

/** What a call of an action may say. Nothing here is coerced or read from the environment. */
export interface RunOptions extends Omit<CallOptions, 'credentials'> {
  /** By the keys of the connector's authentication fields; or where they live, so that they can be renewed. */
  readonly credentials?: Readonly<Record<string, unknown>> | CredentialSource
  /**
   * What idempotency keys are made from, where the definition sends them: give the same text to make the same call again
   * after its outcome was unknown. Random by default.
   */
  readonly idempotencyKey?: string
  /** For the whole call, waits included; 30,000 by default. With `iterateAction`: for each page. */
  readonly timeoutMs?: number
  /** Ends the call; nothing is left running. */
  readonly signal?: AbortSignal
  /** Sees what happens, as it happens. Its events hold no secret. */
  readonly observer?: Observer
  /** Sends the requests; one shared transport over got by default. */
  readonly transport?: Transport
  /**
   * Budgets, ceilings and circuits that this run shares with others, see `createFlow`; by default with all runs over the
   * same transport.
   */
  readonly flow?: Flow
  /** Names the account to `flow`; the `key` of a credential source by default, else accounts are told apart by what people entered. */
  readonly account?: string
  /**
   * Gives the place for a file that `download_file` fetches: its bytes go there as they come, and the step's `data`
   * says what is known of the file. Without it the content is held, and given as the definition says (base64).
   */
  readonly saveFile?: (file: IncomingFile) => Writable
  /** Keeps answers for `cacheTTL`; one shared cache in memory by default. It never mixes accounts. */
  readonly cache?: ResponseCache
  /** Remembers answers that are asked about again; one shared memory by default. It never mixes accounts. */
  readonly answers?: AnswerMemory
  /** Carries out the step functions that this engine has no means for. */
  readonly adapters?: StepAdapters
  /** Bounds on what an answer may cost. */
  readonly limits?: RunLimits
}

/** A file that is about to come, as far as the head of its answer tells. */
export interface IncomingFile {
  /** As the provider names it, without folders. Still not to be trusted: it may be a name of a file you have. */
  readonly fileName?: string
  readonly contentType?: string
  /** In bytes, where it is known; of a compressed answer, of what is sent. */
  readonly size?: number
}

export interface RunLimits {
  /** Largest body after decompression, in bytes; 100 MiB by default. */
  readonly maxBytes?: number
  /** Largest file that goes to `saveFile`, in bytes; 5 GiB by default. */
  readonly maxFileBytes?: number
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
