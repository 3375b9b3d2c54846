import { type MainspringError, NetworkError } from '../errors/index.ts'
import type { CursorPayload, PreparedCall } from '../plan/index.ts'
import type { Gate, Transport } from '../transport/index.ts'
import type { FreshCredentials } from './auth/fresh-credentials.ts'
import { type AnswerMemory, createAnswerMemory } from './cache/answer-memory.ts'
import { createResponseCache, type ResponseCache } from './cache/response-cache.ts'
import { checkRunOptions } from './check-run-options.ts'
import { accountIdentityOf } from './flow/account-identity.ts'
import { flowOfTransport } from './flow/flow-of-transport.ts'
import type { Observer, RunEvent } from './run-event.ts'
import type { RunOptions, RunResult } from './run-options.ts'
import { sharedTransport } from './shared-transport.ts'

const defaultTimeoutMs = 30_000

/** One run of an action: what its steps share and what they leave behind. */
export interface RunState {
  readonly call: PreparedCall
  readonly transport: Transport
  readonly cache: ResponseCache
  readonly answers: AnswerMemory
  readonly options: RunOptions
  /** Where the paging steps of this run begin, by step id. */
  readonly cursor: CursorPayload
  /** Where they would go on; empty at the end of the listing. */
  readonly next: Record<string, unknown>
  readonly warnings: string[]
  /** What `emit_event` steps emitted. */
  readonly events: Readonly<Record<string, unknown>>[]
  /** What keeps the parts that are left from being tried, see `forEach.onError: report`. */
  stopsParts?: MainspringError
  requests: number
  status?: number
  requestId?: string
  /** Whose answers may be reused; made when first needed. */
  accountKey?: string
  /** Before each request; made when first needed. */
  gate?: Gate
  readonly startedAt: number
  /** Where credentials come from a source: keeps them fresh. */
  readonly session: FreshCredentials | undefined
  /** What the idempotency keys of the run are made from, once one is. */
  idempotencySeed?: string
  /** Runs another action of the connector within this run. */
  readonly runOnce: RunOnce
}

/** See `run-once.ts`, which hands itself over: a step cannot import what runs steps. */
export type RunOnce = (
  call: PreparedCall,
  options: RunOptions,
  cursor: CursorPayload,
  session?: FreshCredentials,
) => Promise<{ result: RunResult; next: CursorPayload | undefined }>

let sharedCache: ResponseCache | undefined
let sharedAnswers: AnswerMemory | undefined

export function startRun(
  call: PreparedCall,
  options: RunOptions,
  cursor: CursorPayload,
  session: FreshCredentials | undefined,
  runOnce: RunOnce,
): RunState {
  checkRunOptions(options)
  sharedCache ??= createResponseCache()
  sharedAnswers ??= createAnswerMemory()
  return {
    call,
    transport: options.transport ?? sharedTransport(),
    cache: options.cache ?? sharedCache,
    answers: options.answers ?? sharedAnswers,
    options,
    cursor,
    next: {},
    warnings: [],
    events: [],
    requests: 0,
    startedAt: performance.now(),
    session,
    runOnce,
  }
}

/** What stands before each request of the run. */
export function gateOf(run: RunState): Gate {
  run.gate ??= makeGate(run)
  return run.gate
}

function makeGate(run: RunState): Gate {
  const { call, options, transport } = run
  const { plan, action, environment } = call
  const { key, name } = accountIdentityOf(call, options)
  return (options.flow ?? flowOfTransport(transport)).gate({
    connector: plan.key,
    origin: environment.origin,
    limits: plan.limits,
    accountKey: key,
    account: name,
    action: action.id,
    onCircuit: options.observer && ((change) => emit(run, { type: 'circuit', ...change })),
  })
}

/**
 * The time that is left for the run, in milliseconds.
 *
 * @throws {NetworkError} none is left, or the caller has ended the run
 */
export function remainingMs(run: RunState): number {
  const { signal, timeoutMs = defaultTimeoutMs } = run.options
  if (signal?.aborted) throw new NetworkError('call/aborted', { message: 'The caller ended the call.' })
  const remaining = timeoutMs - (performance.now() - run.startedAt)
  if (remaining <= 0)
    throw new NetworkError('network/timeout', { message: `The call took longer than its ${timeoutMs} ms.` })
  return remaining
}

type WithoutFrame<Event> = Event extends unknown ? Omit<Event, 'action' | 'atMs'> : never

/** Tells the observer, whose own mistakes are not the run's. */
export function emit(run: RunState, event: WithoutFrame<RunEvent>): void {
  const observer: Observer | undefined = run.options.observer
  if (observer === undefined) return
  try {
    observer({
      action: run.call.action.qualifiedId,
      atMs: performance.now() - run.startedAt,
      ...event,
    } as RunEvent)
  } catch {
    // An observer looks on; it has no say in the run.
  }
}
