import type { ToolAnnotations } from '@modelcontextprotocol/server'
import type { ActionPlan, StepCall } from '../../plan/index.ts'

/** Methods that change or remove what is there already; POST adds (RFC 9110, section 9.3). */
const destructive = new Set(['DELETE', 'PUT', 'PATCH'])
/** Methods that come to the same when they are sent twice (RFC 9110, section 9.2.2), unless the definition knows better. */
const idempotent = new Set(['GET', 'HEAD', 'OPTIONS', 'PUT', 'DELETE'])

/**
 * What an agent may know of an action before it calls it. Derived from the plan's requests and never typed by hand,
 * so that no definition can call a write harmless.
 *
 * @param allowWrites - whether the passthrough, whose method the caller chooses, may write
 */
export function toolAnnotations(action: ActionPlan, allowWrites: boolean): ToolAnnotations {
  const title = { title: action.label }
  if (action.passthrough)
    return {
      ...title,
      readOnlyHint: !allowWrites,
      destructiveHint: allowWrites,
      idempotentHint: !allowWrites,
      openWorldHint: true,
    }
  const calls = action.steps.flatMap(({ calls }) => calls)
  const readOnly = action.effect === 'read'
  return {
    ...title,
    readOnlyHint: readOnly,
    destructiveHint: !readOnly && calls.some((call) => !isAdditive(call)),
    idempotentHint: calls.every((call) => isIdempotent(call, readOnly)),
    openWorldHint: true,
  }
}

/** A call that is no plain request counts as destructive as long as it writes: what it does is not known here. */
function isAdditive(call: StepCall): boolean {
  if (call.kind === 'pure') return true
  if (!('request' in call)) return false
  return call.request.effect === 'read' || !destructive.has(call.request.method)
}

function isIdempotent(call: StepCall, readOnly: boolean): boolean {
  if (call.kind === 'pure') return true
  if (!('request' in call)) return readOnly
  const { declaredSafe, effect, method } = call.request
  return declaredSafe ?? (effect === 'read' || idempotent.has(method))
}
