import { firstLine } from '../../first-line.ts'
import { lacksKey } from '../../lacks-key.ts'
import { defineRule } from '../../rule.ts'
import { asMap, entryOf, memberOf, textOf } from '../../view/read-tree.ts'

export const nextKeyMissing = defineRule({
  code: 'lint/next-key-missing',
  severity: 'error',
  title: 'A listing by cursor that never finds the next one',
  why: 'Without `nextKey` there is no token of the next page: the listing ends after the first one, with success.',
  remedy: 'Give `response.nextKey`, or the `mode` by which the provider pages.',
  bad: {
    part: 'step',
    yaml: 'stepId: list\nstepFunction:\n  functionName: paginated_request\n  parameters:\n    url: /people\n    method: get\n    response: {dataKey: people}\n    iterator: {key: cursor, in: query}',
  },
  good: {
    part: 'step',
    yaml: 'stepId: list\nstepFunction:\n  functionName: paginated_request\n  parameters:\n    url: /people\n    method: get\n    response: {dataKey: people, nextKey: next}\n    iterator: {key: cursor, in: query}',
  },
  visit: {
    call({ functionName, parameters }, report) {
      if (!functionName.includes('paginated')) return
      const iterator = memberOf(parameters, 'iterator')
      const mode = textOf(memberOf(iterator, 'mode')) ?? 'cursor'
      const response = asMap(memberOf(parameters, 'response'))
      if (iterator === undefined || mode !== 'cursor') return
      if (
        response === undefined ||
        (entryOf(response, 'nextKey') === undefined &&
          lacksKey(response, 'nextKey', ['dataKey', 'nextKeyIn']))
      )
        report(response === undefined ? firstLine(iterator) : firstLine(response), {
          message: 'Nothing says where the next cursor is in the response.',
        })
    },
  },
})
