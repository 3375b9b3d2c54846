import { type ConnectorPlan, encodeCursor } from '../plan/index.ts'
import { openCall } from './auth/open-call.ts'
import { firstCursor, runOnce } from './run-once.ts'
import type { RunOptions, RunResult } from './run-options.ts'

/**
 * Runs one action: checks the call, sends what its steps say, and gives what its result says. A listing gives one
 * page; `next` of the result carries on.
 *
 * @param actionId - with or without the connector's prefix
 * @throws {MainspringError} coded; nothing was sent where the code is of `action`, `input`, `policy`, or says so
 */
export async function runAction(
  plan: ConnectorPlan,
  actionId: string,
  options: RunOptions = {},
): Promise<RunResult> {
  const { call, session } = await openCall(plan, actionId, options)
  const cursor = firstCursor(call)
  const { result, next } = await runOnce(call, options, cursor, session)
  const following = next === undefined ? result.next : encodeCursor(next, call)
  return following === undefined ? result : { ...result, next: following }
}
