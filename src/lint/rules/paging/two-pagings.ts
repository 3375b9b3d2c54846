import { defineRule } from '../../rule.ts'
import { asMap, entryOf, memberOf } from '../../view/read-tree.ts'

export const twoPagings = defineRule({
  code: 'lint/two-pagings',
  severity: 'warning',
  title: 'Two pagings of one listing',
  why: 'A step that pages hands out its own `next`. A second paging, or a `next` of the result, gives the caller a cursor that only one of them understands.',
  remedy: 'Keep one: the declared paging, or the cursor that the action handles itself.',
  bad: {
    part: 'action',
    yaml: 'actionType: list\nsteps:\n  - stepId: read\n    stepFunction: {functionName: request, parameters: {url: "/people/${inputs.person_id}", method: get}}\n    x-mainspring: {paging: {style: offset, offsetParam: offset}}\nresult:\n  data: $.steps.read.output.data\n  next: $.steps.read.output.raw.next',
  },
  good: {
    part: 'action',
    yaml: 'actionType: list\nsteps:\n  - stepId: read\n    stepFunction: {functionName: request, parameters: {url: "/people/${inputs.person_id}", method: get}}\n    x-mainspring: {paging: {style: offset, offsetParam: offset}}\nresult:\n  data: $.steps.read.output.data',
  },
  visit: {
    action({ steps, result }, report) {
      const pagings = steps.flatMap(({ extension, calls }) => {
        const declared = entryOf(extension, 'paging')?.key
        const called = calls.find(({ functionName }) => functionName.includes('paginated'))
        return [
          ...(declared === undefined ? [] : [declared]),
          ...(called === undefined ? [] : [memberOf(called.map, 'functionName') ?? called.map]),
        ]
      })
      const [first, second] = pagings
      if (first === undefined) return
      const next = entryOf(asMap(result), 'next')
      if (second !== undefined)
        report(second, {
          message: 'A listing of this action is paged already.',
          related: [{ message: 'Paged here.', at: first }],
        })
      else if (
        next !== undefined &&
        entryOf(
          steps.find(({ extension }) => memberOf(extension, 'paging') !== undefined)?.extension,
          'paging',
        ) !== undefined
      )
        report(next.key, {
          message: 'The step hands out its own `next`.',
          related: [{ message: 'Paged here.', at: first }],
        })
    },
  },
})
