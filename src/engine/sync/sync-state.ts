import { createHash } from 'node:crypto'
import { SyncError } from '../../errors/index.ts'
import { isRecord, writeExactJson } from '../../http/index.ts'
import type { PreparedCall } from '../../plan/index.ts'

/** How far a sync has come: JSON, to be kept by the caller and given to the next one. */
export interface SyncState {
  readonly version: 1
  /** With the connector's prefix. */
  readonly action: string
  /** Ties the state to account, environment and inputs, without saying them. */
  readonly scope: string
  /** Changes since then are asked for, ISO 8601; absent before the first whole pass. */
  readonly since?: string
  readonly deltaToken?: string
  /** The pass that is under way; absent between passes. */
  readonly pass?: SyncPass
}

/** One reading of the listing from its first page to its last. */
export interface SyncPass {
  /** ISO 8601, by our clock. */
  readonly startedAt: string
  /** The next page. */
  readonly position?: string | number
  /** The latest change among the rows so far, ISO 8601. */
  readonly latest?: string
  /** The token of the provider for the next pass, where it was told already. */
  readonly nextToken?: string
  /** Tells the last page from the next one, for a provider that repeats itself. */
  readonly fingerprint?: string
}

/** The state of a first sync. */
export function emptyState(call: PreparedCall): SyncState {
  return { version: 1, action: call.action.qualifiedId, scope: scopeOf(call) }
}

/** @throws {SyncError} code `sync/state`: damaged, or of another action, account or set of inputs */
export function checkState(state: unknown, call: PreparedCall): SyncState {
  const { action, scope } = emptyState(call)
  const refuse = (why: string) => new SyncError('sync/state', { message: `The state ${why}.`, action })
  if (!isRecord(state) || state['version'] !== 1) throw refuse('is none that this version can read')
  if (state['action'] !== action) throw refuse(`belongs to the action ${String(state['action'])}`)
  if (state['scope'] !== scope) throw refuse('belongs to another account, environment or set of inputs')
  return state as unknown as SyncState
}

function scopeOf({ action, account, context }: PreparedCall): string {
  const cursor = action.listing?.cursorInput
  const inputs = Object.entries(context.inputs).filter(([name]) => name !== cursor)
  const text = writeExactJson([
    action.qualifiedId,
    context.context.authenticationType,
    context.context.environment,
    sorted(account),
    sorted(Object.fromEntries(inputs)),
  ])
  return createHash('sha256').update(text).digest('base64url').slice(0, 22)
}

function sorted(value: Readonly<Record<string, unknown>>): [string, unknown][] {
  return Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1))
}
