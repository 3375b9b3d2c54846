import { addEntry } from '../../edit-text.ts'
import { isWrite, requestsOf } from '../../knowledge/effects.ts'
import { lacksKey } from '../../lacks-key.ts'
import { defineRule } from '../../rule.ts'
import { memberAt } from '../../view/read-tree.ts'

export const noConfirmationHint = defineRule({
  code: 'lint/no-confirmation-hint',
  severity: 'warning',
  title: 'A destructive action that asks for no confirmation',
  why: 'Clients of tools ask a person before they run what says `destructiveHint: true`. An action that deletes and does not say so may be run by an agent unasked.',
  remedy: 'Add `annotations: {destructiveHint: true}`.',
  bad: {
    part: 'action',
    yaml: 'actionId: delete_person\nactionType: delete\nsteps:\n  - stepId: remove\n    stepFunction: {functionName: request, parameters: {url: "/people/${inputs.person_id}", method: delete}}',
  },
  good: {
    part: 'action',
    yaml: 'actionId: delete_person\nactionType: delete\nannotations: {destructiveHint: true}\nsteps:\n  - stepId: remove\n    stepFunction: {functionName: request, parameters: {url: "/people/${inputs.person_id}", method: delete}}',
  },
  visit: {
    action(action, report) {
      if (action.flow !== 'action') return
      const deletes =
        action.type === 'delete' ||
        requestsOf(action).some((call) => isWrite(call) && call.method === 'delete')
      if (!deletes || memberAt(action.map, 'annotations', 'destructiveHint') !== undefined) return
      if (
        memberAt(action.map, 'annotations') === undefined &&
        !lacksKey(action.map, 'annotations', ['actionId', 'actionType'])
      )
        return
      report(action.idNode, {
        message: `"${action.id}" deletes and does not say that it is destructive.`,
        fix:
          memberAt(action.map, 'annotations') === undefined
            ? addEntry('Say that it is destructive', action.map, 'annotations', '{destructiveHint: true}')
            : undefined,
      })
    },
  },
})
