import type { SourceNode } from '../../../definition/index.ts'
import { isWrite, requestsOf } from '../../knowledge/effects.ts'
import { defineRule, type ReportFinding } from '../../rule.ts'
import type { ActionView } from '../../view/connector-view.ts'
import { asScalar, mapsOf, memberOf, textOf } from '../../view/read-tree.ts'

export const unfitTestAction = defineRule({
  code: 'lint/unfit-test-action',
  severity: 'warning',
  title: 'A test action that writes, or that needs inputs',
  why: 'It runs each time an account is linked, without anybody giving inputs: a write leaves its mark at the provider every time, and a required input is never there.',
  remedy: 'Test with an action that only reads and needs nothing.',
  bad: {
    part: 'method',
    yaml: 'testActions:\n  - required: true\n    action:\n      actionId: check\n      actionType: test\n      steps:\n        - stepId: post\n          stepFunction: {functionName: request, parameters: {url: /logins, method: delete}}',
  },
  good: {
    part: 'method',
    yaml: 'testActions:\n  - required: true\n    action:\n      actionId: check\n      actionType: test\n      steps:\n        - stepId: read\n          stepFunction: {functionName: request, parameters: {url: /me, method: get}}',
  },
  visit: {
    connector({ methods, actions, flows }, report) {
      for (const flow of flows) if (flow.flow === 'test') check(flow, flow.idNode, report)
      for (const { map } of methods) {
        for (const test of mapsOf(memberOf(map, 'testActions'))) {
          const node = asScalar(memberOf(test, 'action'))
          const action = actions.find(({ id }) => id === textOf(node))
          if (node !== undefined && action !== undefined) check(action, node, report)
        }
      }
    },
  },
})

function check(action: ActionView, at: SourceNode, report: ReportFinding): void {
  const write = requestsOf(action).find((call) => isWrite(call) && call.method !== 'post')
  if (write !== undefined)
    report(at, {
      message: `The test action "${action.id}" writes at the provider.`,
      related:
        write.url === undefined ? undefined : [{ message: `It calls ${write.method} here.`, at: write.url }],
    })
  const needed = action.inputs.find(({ required }) => required)
  if (needed !== undefined)
    report(at, {
      message: `The test action "${action.id}" needs the input "${needed.name}", which nobody gives.`,
      related: [{ message: 'The input.', at: needed.nameNode }],
    })
}
