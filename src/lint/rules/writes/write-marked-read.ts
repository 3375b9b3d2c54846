import { isPassthrough, isWrite, requestsOf } from '../../knowledge/effects.ts'
import { defineRule } from '../../rule.ts'
import { memberOf } from '../../view/read-tree.ts'

export const writeMarkedRead = defineRule({
  code: 'lint/write-marked-read',
  severity: 'error',
  title: 'A write that is called a read',
  why: 'Agents and policies let reads run without asking. An action of type list or get that deletes or changes is run where nobody expects a change.',
  remedy: 'Correct `actionType`, or the method of the request.',
  bad: {
    part: 'action',
    yaml: 'actionType: list\nsteps:\n  - stepId: remove\n    stepFunction: {functionName: request, parameters: {url: "/people/${inputs.person_id}", method: delete}}',
  },
  good: {
    part: 'action',
    yaml: 'actionType: delete\nsteps:\n  - stepId: remove\n    stepFunction: {functionName: request, parameters: {url: "/people/${inputs.person_id}", method: delete}}',
  },
  visit: {
    action(action, report) {
      const { type, flow, map, id } = action
      if (flow !== 'action' || (type !== 'list' && type !== 'get') || isPassthrough(action)) return
      // POST asks as often as it writes: searches take their filters in a body.
      const write = requestsOf(action).find(
        (call) => isWrite(call) && call.method !== 'post' && !call.functionName.startsWith('soap'),
      )
      if (write === undefined) return
      report(memberOf(map, 'actionType') ?? map, {
        message: `"${id}" is of type ${type} and calls ${write.method?.toUpperCase()}.`,
        related:
          write.url === undefined
            ? undefined
            : [{ message: 'The request.', at: memberOf(write.parameters, 'method') ?? write.url }],
      })
    },
  },
})
