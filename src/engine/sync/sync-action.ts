import { MainspringError, SyncError } from '../../errors/index.ts'
import type { ConnectorPlan, SyncPlan } from '../../plan/index.ts'
import { openCall } from '../auth/open-call.ts'
import type { RunOptions } from '../run-options.ts'
import { type ReadSyncPage, readSyncPage } from './read-sync-page.ts'
import { checkState, emptyState, type SyncPass, type SyncState } from './sync-state.ts'

export interface SyncOptions extends RunOptions {
  /** The state of the last page that was kept; left out for a first sync. */
  readonly state?: unknown
  /** Milliseconds since 1970; the system's clock where it is left out. */
  readonly now?: () => number
}

/** Rows, and the state that covers them: keep the state only once the rows are safe. */
export interface SyncPage {
  readonly rows: readonly unknown[]
  readonly state: SyncState
  /** Whether the listing was read to its end: the next sync asks for what has changed since. */
  readonly complete: boolean
}

/**
 * The rows of an action that are new or changed since the state was made, page by page. Kill it at any point: a sync
 * that is given the last state kept goes on there, so that rows may come twice and none is lost. Ends at the end of the
 * listing, or at the pages or minutes that the definition allows one sync.
 *
 * @throws {SyncError} `sync/not-allowed`, `sync/state`
 * @throws {MainspringError} as a run of the action; `rowsDelivered` says how many rows were handed over before
 */
export async function* syncAction(
  plan: ConnectorPlan,
  actionId: string,
  options: SyncOptions = {},
): AsyncGenerator<SyncPage, void, undefined> {
  const { state: given, now = Date.now, ...run } = options
  const opened = await openCall(plan, actionId, run)
  const { call } = opened
  const { sync } = call.action
  if (sync === undefined)
    throw new SyncError('sync/not-allowed', {
      message: `${call.action.qualifiedId} has no dataSync that allows it to be synced.`,
      action: call.action.qualifiedId,
    })
  let state = given === undefined || given === null ? emptyState(call) : checkState(given, call)
  const until = now() + sync.maxDurationMs
  let delivered = 0
  for (let pages = 0; pages < sync.maxPages && (pages === 0 || now() < until); pages += 1) {
    const pass = state.pass ?? { startedAt: new Date(now()).toISOString() }
    const page = await readSyncPage(opened, run, sync, state, pass, delivered).catch((error: unknown) => {
      throw error instanceof MainspringError ? error.at({ rowsDelivered: delivered }) : error
    })
    const seen = see(pass, page, sync)
    const complete = page.position === undefined
    state = complete ? endPass(state, seen, sync) : { ...state, pass: { ...seen, position: page.position } }
    yield { rows: page.rows, state, complete }
    delivered += page.rows.length
    if (complete) return
  }
}

/** The pass, with what a page tells of changes. */
function see(pass: SyncPass, page: ReadSyncPage, { incremental }: SyncPlan): SyncPass {
  const seen: SyncPass = { ...pass, fingerprint: page.fingerprint }
  if (incremental?.type === 'time_filter') {
    const latest = latestOf(page.received, incremental.updatedAtMs, pass.latest)
    return latest === undefined ? seen : { ...seen, latest }
  }
  if (incremental?.type !== 'delta_token') return seen
  const token =
    incremental.onlyOnFinalPage && page.position !== undefined ? undefined : incremental.read(page.body)
  return token === undefined ? seen : { ...seen, nextToken: token }
}

function latestOf(
  rows: readonly unknown[],
  read: ((row: unknown) => number | undefined) | undefined,
  before: string | undefined,
): string | undefined {
  let latest = before === undefined ? Number.NEGATIVE_INFINITY : Date.parse(before)
  if (read !== undefined) for (const row of rows) latest = Math.max(latest, read(row) ?? latest)
  return Number.isFinite(latest) ? new Date(latest).toISOString() : undefined
}

/**
 * What the next pass asks for. Never later than this pass began: a row on a page that was read already may have
 * changed while later pages were read.
 */
function endPass(state: SyncState, pass: SyncPass, { incremental }: SyncPlan): SyncState {
  const { pass: _ended, ...rest } = state
  if (incremental?.type === 'delta_token')
    return pass.nextToken === undefined ? rest : { ...rest, deltaToken: pass.nextToken }
  if (incremental?.type !== 'time_filter') return rest
  const began = Date.parse(pass.startedAt)
  const reached = Math.min(began, pass.latest === undefined ? began : Date.parse(pass.latest))
  const since = reached - incremental.safetyBufferMs
  const before = rest.since === undefined ? Number.NEGATIVE_INFINITY : Date.parse(rest.since)
  return { ...rest, since: new Date(Math.max(before, since)).toISOString() }
}
