import { isPassthrough, isWrite, requestsOf } from '../../knowledge/effects.ts'
import { defineRule } from '../../rule.ts'
import { asScalar, memberAt, memberOf, textOf, textsOf } from '../../view/read-tree.ts'

export const hintContradicts = defineRule({
  code: 'lint/hint-contradicts',
  severity: 'error',
  title: 'A hint that is not true',
  why: 'Clients trust `readOnlyHint`, `destructiveHint` and `effects` when they decide whether to ask a person.',
  remedy: 'Say what the requests of the action do.',
  bad: {
    part: 'action',
    yaml: 'actionType: create\nannotations: {readOnlyHint: true}\nsteps:\n  - stepId: change\n    stepFunction: {functionName: request, parameters: {url: "/people/${inputs.person_id}", method: put}}',
  },
  good: {
    part: 'action',
    yaml: 'actionType: update\nannotations: {readOnlyHint: false}\nsteps:\n  - stepId: change\n    stepFunction: {functionName: request, parameters: {url: "/people/${inputs.person_id}", method: put}}',
  },
  visit: {
    action(action, report) {
      const requests = requestsOf(action)
      if (requests.length === 0 || isPassthrough(action)) return
      const write = requests.find(
        (call) =>
          isWrite(call) && !(call.method === 'post' && (action.type === 'list' || action.type === 'get')),
      )
      const deletes = action.type === 'delete' || requests.some(({ method }) => method === 'delete')
      const readOnly = asScalar(memberAt(action.map, 'annotations', 'readOnlyHint'))
      const destructive = asScalar(memberAt(action.map, 'annotations', 'destructiveHint'))
      const related =
        write?.url === undefined
          ? undefined
          : [{ message: `It calls ${write.method?.toUpperCase()} here.`, at: write.url }]
      if (readOnly?.value === true && write !== undefined)
        report(readOnly, { message: 'The action writes, and says that it only reads.', related })
      if (destructive?.value === false && deletes)
        report(destructive, { message: 'The action deletes, and says that it destroys nothing.', related })
      if (destructive?.value === true && write === undefined)
        report(destructive, {
          severity: 'warning',
          message: 'The action only reads, and says that it destroys.',
        })
      const effects = textsOf(memberOf(action.map, 'effects'))
      const named = effects.map((node) => textOf(node))
      const [first] = effects
      if (
        first !== undefined &&
        write !== undefined &&
        !named.some((effect) => effect === 'write' || effect === 'delete' || effect === 'execute')
      )
        report(first, { message: 'The action writes, and its effects do not say so.', related })
    },
  },
})
