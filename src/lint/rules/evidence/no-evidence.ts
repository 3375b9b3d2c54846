import { lacksKey } from '../../lacks-key.ts'
import { defineRule } from '../../rule.ts'
import { memberOf } from '../../view/read-tree.ts'

export const noEvidence = defineRule({
  code: 'lint/no-evidence',
  severity: 'warning',
  title: 'An action without an evidence mark',
  why: 'Where a connector says of its actions what they rest on, one without a mark looks as sure as the others, and nobody knows whether it is.',
  remedy: 'Add `x-mainspring.evidence` with `request` and `source`.',
  bad: {
    part: 'connector',
    yaml: 'actions:\n  - actionId: list_people\n    x-mainspring: {evidence: {request: A, source: A shipped client}}\n    steps:\n      - stepId: list\n        stepFunction: {functionName: request, parameters: {url: /people, method: get}}\n  - actionId: list_notes\n    steps:\n      - stepId: list\n        stepFunction: {functionName: request, parameters: {url: /notes, method: get}}',
  },
  good: {
    part: 'connector',
    yaml: 'actions:\n  - actionId: list_people\n    x-mainspring: {evidence: {request: A, source: A shipped client}}\n    steps:\n      - stepId: list\n        stepFunction: {functionName: request, parameters: {url: /people, method: get}}',
  },
  visit: {
    action({ flow, extension, connector, idNode, id, map, steps }, report) {
      if (flow !== 'action' || memberOf(extension, 'evidence') !== undefined) return
      if (!connector.actions.some((action) => memberOf(action.extension, 'evidence') !== undefined)) return
      // What the caller makes up himself rests on nothing of ours.
      if (steps.some((step) => memberOf(step.extension, 'passthrough') !== undefined)) return
      if (extension === undefined ? !lacksKey(map, 'x-mainspring') : !lacksKey(extension, 'evidence')) return
      report(idNode, { message: `Nothing says what "${id}" rests on.` })
    },
  },
})
