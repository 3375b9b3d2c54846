import type { ActionPlan } from '../action-plan.ts'
import type { Compiler } from '../compiler.ts'

/** Reports lookups by an action that is not there, or that may write. */
export function checkLookups(
  actions: readonly ActionPlan[],
  declared: Readonly<Record<string, ActionPlan>>,
  compiler: Compiler,
): void {
  const lookups = actions
    .flatMap(({ steps }) => steps)
    .flatMap(({ calls }) => calls)
    .flatMap((call) => ('request' in call ? (call.request.lookup ?? []) : []))
  for (const { action, at } of lookups) {
    const found = declared[action]
    if (found?.effect === 'read' && !found.passthrough) continue
    const why = found === undefined ? 'is no action of this connector' : 'may write'
    compiler.report('definition/wrong-value', `"${action}" ${why}.`, [...at, 'action'], {
      hint: 'Name an action that reads, such as the one that lists the records.',
    })
  }
}
