import type { ActionPlan } from '../action-plan.ts'
import type { StepCall } from '../step-plan.ts'

/** Which calls are confirmed before they are sent: none, those that take something away, or every write. */
export const confirmedCalls = ['none', 'removals', 'writes'] as const
export type ConfirmedCalls = (typeof confirmedCalls)[number]

/**
 * Whether a call is one of those. What a call does is read from the plan; where that cannot tell, as for a
 * passthrough that writes or a tool of another server, it counts as taking something away.
 *
 * @param inputs - left out where they are not known yet: a passthrough then counts as what it could do
 */
export function asksConfirmation(
  action: ActionPlan,
  which: ConfirmedCalls,
  inputs?: Readonly<Record<string, unknown>>,
): boolean {
  if (which === 'none') return false
  if (action.passthrough) return inputs === undefined || !reads(inputs['method'])
  if (action.effect === 'read') return false
  if (which === 'writes' || action.actionType === 'delete') return true
  return action.steps.some(({ calls }) => calls.some(removes))
}

const readMethods = new Set(['GET', 'HEAD', 'OPTIONS'])

function reads(method: unknown): boolean {
  return method === undefined || (typeof method === 'string' && readMethods.has(method.toUpperCase()))
}

function removes(call: StepCall): boolean {
  if (call.kind === 'pure') return false
  if (call.kind === 'mcp_request' || !('request' in call)) return true
  return call.request.effect === 'write' && call.request.method === 'DELETE'
}
