import type { TransportEvent } from '../transport/index.ts'
import type { CircuitChange } from './flow/flow-caller.ts'

/** Sees a run as it happens. Called synchronously; what it throws is ignored. */
export type Observer = (event: RunEvent) => void

/** One thing that happened. `atMs` counts from the start of the run. No event holds a secret. */
export type RunEvent = { readonly action: string; readonly atMs: number } & (
  | { readonly type: 'run-started' }
  | { readonly type: 'credentials-renewed'; readonly reason: RenewalReason }
  | { readonly type: 'step-started'; readonly step: string; readonly functionName: string }
  | { readonly type: 'step-skipped'; readonly step: string }
  | { readonly type: 'http'; readonly step: string; readonly event: TransportEvent }
  /** An answer kept for `cacheTTL` was given; nothing was sent. */
  | { readonly type: 'answer-reused'; readonly step: string }
  /** A request of this run opened or closed the circuit of a host. */
  | ({ readonly type: 'circuit' } & CircuitChange)
  /** The provider said that nothing changed since the remembered answer, which was given again. */
  | { readonly type: 'answer-unchanged'; readonly step: string }
  /** The answer of a write was lost, and the read that the definition names was looked through. */
  | {
      readonly type: 'write-looked-up'
      readonly step: string
      readonly found: 'found' | 'absent' | 'unclear'
      readonly sentAgain: boolean
    }
  | {
      readonly type: 'page'
      readonly step: string
      readonly page: number
      readonly rows: number
      readonly total?: number
    }
  | { readonly type: 'event'; readonly step: string; readonly event: Readonly<Record<string, unknown>> }
  | {
      readonly type: 'step-finished'
      readonly step: string
      readonly successful: boolean
      readonly durationMs: number
    }
  | { readonly type: 'run-finished'; readonly durationMs: number; readonly requests: number }
  | {
      readonly type: 'run-failed'
      readonly durationMs: number
      readonly code: string
      readonly message: string
    }
)

/** Why a run took up renewed credentials: there was no token, it was about to end, or the provider refused it. */
export type RenewalReason = 'missing' | 'expiring' | 'rejected'
