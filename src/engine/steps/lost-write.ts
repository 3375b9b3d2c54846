import { createHash, randomUUID } from 'node:crypto'
import { type LostWrite, WriteOutcomeUnknownError } from '../../errors/index.ts'
import type { PreparedRequest } from '../../http/index.ts'
import type { RequestPlan, RunContext } from '../../plan/index.ts'
import type { RunState } from '../run-state.ts'

/**
 * The key of one write of a run: the same for every sending of it, also after credentials were renewed, and another for
 * each item of an iterator. With the `idempotencyKey` of the options, the same in another run as well.
 */
export function idempotencyKeyOf(
  run: RunState,
  { method, urlTemplate }: RequestPlan,
  { iterator }: RunContext,
  step: string,
): string {
  const { action } = run.call
  run.idempotencySeed ??= run.options.idempotencyKey ?? randomUUID()
  const place = [run.idempotencySeed, action.qualifiedId, step, method, urlTemplate, iterator?.index ?? null]
  const hash = createHash('sha256').update(JSON.stringify(place)).digest('hex')
  return hash.slice(0, 32).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}

/** Sends, and says of a write whose outcome is unknown what somebody needs to look for it. */
export async function tellLostWrites<Sent extends { readonly error?: unknown }>(
  plan: RequestPlan,
  request: PreparedRequest,
  run: RunState,
  send: () => Promise<Sent>,
): Promise<Sent> {
  const sentAtMs = (run.options.now ?? Date.now)()
  const tell = (error: unknown) => {
    if (error instanceof WriteOutcomeUnknownError) error.about(lostWrite(plan, request, sentAtMs))
  }
  try {
    const sent = await send()
    tell(sent.error)
    return sent
  } catch (error) {
    tell(error)
    throw error
  }
}

function lostWrite(
  { lookup, idempotencyHeader }: RequestPlan,
  { method, urlTemplate, headers }: PreparedRequest,
  sentAtMs: number,
): LostWrite {
  const key = idempotencyHeader === undefined ? undefined : headers[idempotencyHeader]
  return {
    method,
    urlTemplate,
    sentAt: new Date(sentAtMs).toISOString(),
    ...(key === undefined ? {} : { idempotencyKey: key }),
    ...(lookup === undefined ? {} : { lookFor: { action: lookup.action, fields: lookup.fields } }),
  }
}
