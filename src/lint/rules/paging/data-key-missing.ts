import { firstLine } from '../../first-line.ts'
import { lacksKey } from '../../lacks-key.ts'
import { defineRule } from '../../rule.ts'
import { asMap, memberOf } from '../../view/read-tree.ts'

export const dataKeyMissing = defineRule({
  code: 'lint/data-key-missing',
  severity: 'warning',
  title: 'A listing that does not say where its rows are',
  why: 'Without `dataKey` the whole body must be a list. A body that is an object counts as an empty page: an empty list, with success.',
  remedy: 'Give `response.dataKey`.',
  bad: {
    part: 'step',
    yaml: 'stepId: list\nstepFunction:\n  functionName: paginated_request\n  parameters:\n    url: /people\n    method: get\n    response: {nextKey: next}\n    iterator: {key: cursor, in: query}',
  },
  good: {
    part: 'step',
    yaml: 'stepId: list\nstepFunction:\n  functionName: paginated_request\n  parameters:\n    url: /people\n    method: get\n    response: {dataKey: people, nextKey: next}\n    iterator: {key: cursor, in: query}',
  },
  visit: {
    call({ functionName, parameters }, report) {
      if (functionName !== 'paginated_request') return
      const response = asMap(memberOf(parameters, 'response'))
      // A `nextKey` in the body means that the body is no list.
      if (
        response === undefined ||
        memberOf(response, 'nextKey') === undefined ||
        memberOf(response, 'nextKeyIn') !== undefined
      )
        return
      if (lacksKey(response, 'dataKey', ['nextKey']))
        report(firstLine(response), {
          message: 'The next cursor stands in the body, so the rows stand beside it, and nothing says where.',
        })
    },
  },
})
