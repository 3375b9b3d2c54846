import { MainspringError } from '../errors/index.ts'
import type { ConnectorPlan, CursorPayload } from '../plan/index.ts'
import { type OpenedCall, openCall } from './auth/open-call.ts'
import { firstCursor, runOnce } from './run-once.ts'
import type { RunOptions } from './run-options.ts'

/**
 * The rows of a listing over all its pages, each page fetched when its first row is wanted: memory does not grow with
 * the listing. Begins at the cursor among the inputs, where one is given. An action whose data is no list gives it as
 * its only row.
 *
 * @throws {MainspringError} as {@link runAction}; `rowsDelivered` says how many rows were handed over before
 */
export async function* iterateAction(
  plan: ConnectorPlan,
  actionId: string,
  options: RunOptions = {},
): AsyncGenerator<unknown, void, undefined> {
  const opened = await openCall(plan, actionId, options)
  const { call } = opened
  let cursor = firstCursor(call)
  let delivered = 0
  let inputs = call.context.inputs
  for (;;) {
    const page = await fetchPage(opened, options, cursor, inputs, delivered)
    const rows = Array.isArray(page.data) ? page.data : page.data === undefined ? [] : [page.data]
    for (const row of rows) {
      yield row
      delivered += 1
    }
    if (page.cursor === undefined) return
    cursor = page.cursor
    inputs = page.inputs
  }
}

interface FetchedPage {
  readonly data: unknown
  readonly cursor: CursorPayload | undefined
  readonly inputs: Readonly<Record<string, unknown>>
}

async function fetchPage(
  { call, session }: OpenedCall,
  options: RunOptions,
  cursor: CursorPayload,
  inputs: Readonly<Record<string, unknown>>,
  delivered: number,
): Promise<FetchedPage> {
  // Each page has its own steps to fill; everything else of the call is shared.
  const context = { ...call.context, inputs, steps: {}, intermediateSteps: {} }
  try {
    const { result, next } = await runOnce({ ...call, context }, options, cursor, session)
    const { listing } = call.action
    if (next !== undefined) return { data: result.data, cursor: next, inputs }
    // The definition pages by its own cursor input.
    const own = listing?.ownCursor === true ? result.next : undefined
    return own === undefined
      ? { data: result.data, cursor: undefined, inputs }
      : { data: result.data, cursor: {}, inputs: { ...inputs, [listing?.cursorInput ?? 'cursor']: own } }
  } catch (error) {
    throw error instanceof MainspringError ? error.at({ rowsDelivered: delivered }) : error
  }
}
