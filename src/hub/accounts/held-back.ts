import type { FlowState } from '../../engine/index.ts'
import { splitAccountKey } from './account-key.ts'

/** A host that failed too often and is left alone, for one account. */
export interface OpenCircuit {
  readonly connector: string
  readonly accountId: string
  readonly host: string
  readonly state: 'open' | 'half-open'
  readonly retryAfterMs: number
}

/** Requests of an account that its provider asked to wait. */
export interface PausedPool {
  readonly connector: string
  readonly accountId: string
  readonly pool: string
  readonly retryAfterMs: number
}

/** What holds the requests of accounts back just now, in this process. */
export interface HeldBack {
  readonly circuits: readonly OpenCircuit[]
  readonly pauses: readonly PausedPool[]
}

/** Of the accounts of a project, or of one of them. Others' are not told. */
export function heldBack(state: FlowState, projectId: string, accountId?: string): HeldBack {
  const own = <Entry extends { readonly account?: string; readonly retryAfterMs: number }>(
    entries: readonly Entry[],
  ) =>
    entries.flatMap(({ account, retryAfterMs, ...entry }) => {
      const place = splitAccountKey(account)
      if (place?.projectId !== projectId) return []
      if (accountId !== undefined && place.accountId !== accountId) return []
      return [{ ...entry, accountId: place.accountId, retryAfterMs: Math.ceil(retryAfterMs) }]
    })
  return { circuits: own(state.circuits), pauses: own(state.pauses) }
}
