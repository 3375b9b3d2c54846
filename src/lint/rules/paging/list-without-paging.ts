import { requestsOf } from '../../knowledge/effects.ts'
import { defineRule } from '../../rule.ts'
import { memberAt, memberOf } from '../../view/read-tree.ts'

const pageNames =
  /^(?:cursor|page|page_?(?:number|token|size|no|index)|offset|skip|start(?:_?(?:at|index|cursor))?|limit|per_?page|after|before|next(?:_?token)?|size|count|top|max_?results|continuation_?token|starting_?after|records_?offset)$/i

export const listWithoutPaging = defineRule({
  code: 'lint/list-without-paging',
  severity: 'warning',
  title: 'A list that gives its first page only',
  why: 'Providers give lists page by page. An action that neither pages nor takes a page from its caller looks complete, and silently leaves out what comes after.',
  remedy:
    'Declare the paging (`x-mainspring.paging` of the step, or `paginated_request`), or take page inputs. Where the provider gives everything at once, disable this rule at the line, with that as the reason.',
  bad: {
    part: 'action',
    yaml: 'actionId: list_people\nactionType: list\ninputs: []\nsteps:\n  - stepId: list\n    stepFunction: {functionName: request, parameters: {url: /people, method: get}}',
  },
  good: {
    part: 'action',
    yaml: 'actionId: list_people\nactionType: list\ninputs: []\nsteps:\n  - stepId: list\n    stepFunction: {functionName: request, parameters: {url: /people, method: get}}\n    x-mainspring: {paging: {style: offset, offsetParam: offset, limitParam: limit}}',
  },
  visit: {
    action(action, report) {
      const { type, flow, inputs, steps, map, idNode } = action
      if (type !== 'list' || flow !== 'action' || requestsOf(action).length === 0) return
      const pages = steps.some(
        ({ extension, calls }) =>
          memberOf(extension, 'paging') !== undefined ||
          calls.some(({ functionName }) => functionName.includes('paginated')),
      )
      const asked =
        inputs.some(({ name }) => pageNames.test(name)) ||
        memberAt(map, 'result', 'next') !== undefined ||
        memberOf(map, 'cursor') !== undefined
      const sent = requestsOf(action).some(({ args }) => args.some(({ name }) => pageNames.test(name)))
      if (!pages && !asked && !sent)
        report(idNode, { message: `"${action.id}" lists one page, and no more.` })
    },
  },
})
