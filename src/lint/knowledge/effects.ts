import type { ActionView, CallView } from '../view/connector-view.ts'
import { memberOf } from '../view/read-tree.ts'

const readMethods = new Set(['get', 'head', 'options'])

export function isWrite({ isRequest, method, step }: CallView): boolean {
  // The caller chooses the method of a passthrough.
  if (memberOf(step.extension, 'passthrough') !== undefined) return false
  return isRequest && method !== undefined && !readMethods.has(method)
}

/** Requests of an action, in the order of its steps. */
export function requestsOf(action: ActionView): readonly CallView[] {
  return action.steps.flatMap(({ calls }) => calls.filter(({ isRequest }) => isRequest))
}

export function isPassthrough(action: ActionView): boolean {
  return action.steps.some(({ extension }) => memberOf(extension, 'passthrough') !== undefined)
}
