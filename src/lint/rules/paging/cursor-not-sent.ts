import { defineRule } from '../../rule.ts'
import { asMap, entryOf, memberOf, textOf } from '../../view/read-tree.ts'

export const cursorNotSent = defineRule({
  code: 'lint/cursor-not-sent',
  severity: 'error',
  title: 'A cursor that never reaches the provider',
  why: 'The next page is asked for and the first one comes again, for ever.',
  remedy: 'Send the input as the parameter the provider documents, or hand out no `next`.',
  bad: {
    part: 'action',
    yaml: 'actionType: list\ninputs:\n  - {name: cursor, type: string, in: query, description: The next of the page before.}\nsteps:\n  - stepId: list\n    stepFunction: {functionName: request, parameters: {url: /people, method: get}}\nresult:\n  data: $.steps.list.output.data.people\n  next: $.steps.list.output.data.next',
  },
  good: {
    part: 'action',
    yaml: 'actionType: list\ninputs:\n  - {name: cursor, type: string, in: query, description: The next of the page before.}\nsteps:\n  - stepId: list\n    stepFunction:\n      functionName: request\n      parameters:\n        url: /people\n        method: get\n        args:\n          - {name: after, value: $.inputs.cursor, in: query}\nresult:\n  data: $.steps.list.output.data.people\n  next: $.steps.list.output.data.next',
  },
  visit: {
    action({ inputs, steps, result, expressions }, report) {
      const next = entryOf(asMap(result), 'next')
      const pages = steps.some(
        ({ extension, calls }) =>
          memberOf(extension, 'paging') !== undefined ||
          calls.some(({ functionName }) => functionName.includes('paginated')),
      )
      if (next === undefined || pages) return
      const cursor = inputs.find(({ name }) => name === 'cursor')
      if (cursor === undefined) {
        const taken = inputs.some(({ name }) => /cursor|page|offset|token|after|skip/i.test(name))
        if (!taken)
          report(next.key, {
            severity: 'warning',
            message: '`next` is handed out, and no input takes it back.',
            hint: 'Declare the input `cursor` and send it.',
          })
        return
      }
      const sent = expressions.some(
        ({ place, compiled }) =>
          place !== 'condition' &&
          place !== 'result' &&
          compiled?.reads.some(({ segments }) => segments[0] === 'inputs' && segments[1] === 'cursor') ===
            true,
      )
      if (!sent)
        report(cursor.nameNode, {
          message: 'The cursor is taken and never sent.',
          related: [{ message: '`next` is handed out here.', at: next.key }],
        })
    },
    call({ functionName, parameters, args }, report) {
      if (!functionName.includes('paginated')) return
      const iterator = memberOf(parameters, 'iterator')
      const key = memberOf(iterator, 'key')
      const clash = args.find(
        ({ name, in: where, condition }) =>
          name === textOf(key) &&
          where === (textOf(memberOf(iterator, 'in')) ?? 'query') &&
          condition === undefined,
      )
      if (key !== undefined && clash !== undefined)
        report(clash.nameNode, {
          message: `"${clash.name}" is set here and by the iterator: the cursor does not get through.`,
          related: [{ message: 'The iterator.', at: key }],
        })
    },
  },
})
