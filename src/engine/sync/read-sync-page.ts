import { PagingError } from '../../errors/index.ts'
import {
  decodeCursor,
  encodeCursor,
  type PageParameters,
  type PreparedCall,
  type SyncPlan,
} from '../../plan/index.ts'
import type { OpenedCall } from '../auth/open-call.ts'
import { fingerprintOf } from '../paging/page-fingerprint.ts'
import { runOnce } from '../run-once.ts'
import type { RunOptions } from '../run-options.ts'
import type { SyncPass, SyncState } from './sync-state.ts'

/** One page of a sync. */
export interface ReadSyncPage {
  /** What the action's result says. */
  readonly rows: readonly unknown[]
  /** The rows as the provider gave them. */
  readonly received: readonly unknown[]
  readonly body: unknown
  /** Undefined at the end of the listing. */
  readonly position: string | number | undefined
  readonly fingerprint: string
}

/**
 * Runs the action for the page that the pass has come to.
 *
 * @param delivered - rows handed over before, for errors
 * @throws {MainspringError}
 */
export async function readSyncPage(
  opened: OpenedCall,
  options: RunOptions,
  sync: SyncPlan,
  state: SyncState,
  pass: SyncPass,
  delivered: number,
): Promise<ReadSyncPage> {
  const { pagination } = sync
  const call = callForPage(opened.call, sync, state, pass)
  const { listing } = call.action
  // Where the action pages by itself, the position is its own cursor.
  const start =
    pagination !== undefined || pass.position === undefined || listing?.ownCursor === true
      ? {}
      : decodeCursor(pass.position, call)
  const { result, next } = await runOnce(call, options, start, opened.session)
  const body = call.context.steps[sync.step]?.output?.['raw']
  const rows = Array.isArray(result.data) ? result.data : result.data === undefined ? [] : [result.data]
  const found = sync.rows?.(body)
  const received = Array.isArray(found) ? found : rows
  const fingerprint = fingerprintOf(received)
  if (pagination !== undefined && received.length > 0 && fingerprint === pass.fingerprint)
    throw new PagingError('paging/repeated-page', {
      message: 'The provider gave a page a second time.',
      rowsDelivered: delivered,
    })
  const own = next === undefined ? result.next : encodeCursor(next, call)
  const position =
    pagination === undefined ? own : pagination.advance(pass.position, { body, rows: received.length })
  if (position !== undefined && position === pass.position)
    throw new PagingError('paging/no-progress', {
      message: 'The provider named the page that was just read as the next one.',
      rowsDelivered: delivered,
    })
  return { rows, received, body, position, fingerprint }
}

/** Each page has its own steps to fill; everything else of the call is shared. */
function callForPage(call: PreparedCall, sync: SyncPlan, state: SyncState, pass: SyncPass): PreparedCall {
  const { pagination, step } = sync
  const { listing } = call.action
  const { position } = pass
  const paged = pagination === undefined ? [] : [pagination.parameters(position)]
  const inputs =
    pagination === undefined && position !== undefined && listing !== undefined
      ? { ...call.context.inputs, [listing.cursorInput]: String(position) }
      : call.context.inputs
  return {
    ...call,
    context: { ...call.context, inputs, steps: {}, intermediateSteps: {} },
    additions: { step, pages: [...incrementOf(sync, state), ...paged] },
  }
}

function incrementOf({ incremental }: SyncPlan, { since, deltaToken }: SyncState): PageParameters[] {
  if (incremental?.type === 'time_filter' && since !== undefined)
    return [incremental.parameters(Date.parse(since))]
  if (incremental?.type === 'delta_token' && deltaToken !== undefined)
    return [incremental.parameters(deltaToken)]
  return []
}
