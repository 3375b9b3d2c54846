import { isPassthrough, isWrite, requestsOf } from '../../knowledge/effects.ts'
import { defineRule } from '../../rule.ts'
import { memberOf } from '../../view/read-tree.ts'

const fitting: Readonly<Record<string, readonly string[]>> = {
  create: ['post', 'put', 'patch'],
  update: ['put', 'patch', 'post'],
  delete: ['delete', 'post', 'put', 'patch'],
}

export const readMarkedWrite = defineRule({
  code: 'lint/read-marked-write',
  severity: 'warning',
  title: 'An action whose method does not do what its type says',
  why: 'A create that only reads changes nothing, and a create that deletes does the opposite. Mostly the method or the type was copied from another action.',
  remedy: 'Correct `actionType`, or the method of the request.',
  bad: {
    part: 'action',
    yaml: 'actionType: delete\nsteps:\n  - stepId: remove\n    stepFunction: {functionName: request, parameters: {url: "/people/${inputs.person_id}", method: get}}',
  },
  good: {
    part: 'action',
    yaml: 'actionType: delete\nsteps:\n  - stepId: remove\n    stepFunction: {functionName: request, parameters: {url: "/people/${inputs.person_id}", method: delete}}',
  },
  visit: {
    action(action, report) {
      const { type = '', flow, map, id } = action
      const methods = Object.hasOwn(fitting, type) ? fitting[type] : undefined
      const requests = requestsOf(action)
      if (flow !== 'action' || methods === undefined || requests.length === 0 || isPassthrough(action)) return
      if (requests.some((call) => isWrite(call) && methods.includes(call.method ?? ''))) return
      const [first] = requests
      report(memberOf(map, 'actionType') ?? map, {
        message: `"${id}" is of type ${type}, and none of its requests does that.`,
        related:
          first === undefined
            ? undefined
            : [
                {
                  message: `It calls ${first.method?.toUpperCase()} here.`,
                  at: memberOf(first.parameters, 'method') ?? first.map,
                },
              ],
      })
    },
  },
})
