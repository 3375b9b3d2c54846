import { nearestName } from '../../../errors/index.ts'
import { replaceScalar } from '../../edit-text.ts'
import { defineRule } from '../../rule.ts'
import { memberOf, textOf, textsOf } from '../../view/read-tree.ts'

export const unknownGroupedStep = defineRule({
  code: 'lint/unknown-grouped-step',
  severity: 'error',
  title: 'A group of a step that does not exist',
  why: 'Steps without data are passed over in a group: the part is missing from every record, with success.',
  remedy: 'Name steps above this one.',
  bad: {
    part: 'action',
    yaml: 'steps:\n  - stepId: read\n    stepFunction: {functionName: request, parameters: {url: "/people/${inputs.person_id}", method: get}}\n  - stepId: group\n    stepFunction: {functionName: group_data, parameters: {stepsDataToGroup: [read, raed]}}\nresult:\n  data: $.steps.group.output.data',
  },
  good: {
    part: 'action',
    yaml: 'steps:\n  - stepId: read\n    stepFunction: {functionName: request, parameters: {url: "/people/${inputs.person_id}", method: get}}\n  - stepId: group\n    stepFunction: {functionName: group_data, parameters: {stepsDataToGroup: [read]}}\nresult:\n  data: $.steps.group.output.data',
  },
  visit: {
    call({ functionName, parameters, step }, report) {
      if (functionName !== 'group_data') return
      const earlier = step.action.steps.filter(({ index }) => index < step.index).map(({ id }) => id)
      for (const node of textsOf(memberOf(parameters, 'stepsDataToGroup'))) {
        const id = textOf(node) ?? ''
        if (earlier.includes(id) || id.includes('$')) continue
        const meant = nearestName(id, earlier)
        report(node, {
          message: `No step "${id}" runs before this one.`,
          hint: meant === undefined ? undefined : `Did you mean \`${meant}\`?`,
          fix: meant === undefined ? undefined : replaceScalar(`Write ${meant}`, node, meant),
        })
      }
    },
  },
})
