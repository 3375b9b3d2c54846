import { defineRule } from '../../rule.ts'
import { entryOf, memberOf, textOf } from '../../view/read-tree.ts'

const parameters = ['limitParam', 'offsetParam', 'pageParam', 'cursorParam']

export const pagingParameterTwice = defineRule({
  code: 'lint/paging-parameter-twice',
  severity: 'error',
  title: 'A page parameter that is set twice',
  why: 'An argument of the name of a page parameter is sent beside it or in its place: the listing does not move on.',
  remedy:
    'Remove the argument; the paging sends the parameter by itself. Two parameters of the paging need two names.',
  bad: {
    part: 'step',
    yaml: 'stepId: list\nstepFunction:\n  functionName: request\n  parameters:\n    url: /people\n    method: get\n    args: [{name: offset, value: 0, in: query}]\nx-mainspring: {paging: {style: offset, offsetParam: offset}}',
  },
  good: {
    part: 'step',
    yaml: 'stepId: list\nstepFunction:\n  functionName: request\n  parameters:\n    url: /people\n    method: get\nx-mainspring: {paging: {style: offset, offsetParam: offset}}',
  },
  visit: {
    step({ extension, calls }, report) {
      const paging = memberOf(extension, 'paging')
      if (paging === undefined) return
      const seen = new Map<string, Parameters<typeof report>[0]>()
      for (const key of parameters) {
        const entry = entryOf(paging, key)
        const name = textOf(entry?.value)
        if (entry === undefined || name === undefined) continue
        const first = seen.get(name)
        if (first !== undefined)
          report(entry.value, {
            message: `"${name}" is two parameters of the paging at once.`,
            related: [{ message: 'The other one.', at: first }],
          })
        seen.set(name, entry.value)
        const where = textOf(memberOf(paging, 'in')) ?? 'query'
        const arg = calls.flatMap(({ args }) => args).find((one) => one.name === name && one.in === where)
        if (arg !== undefined)
          report(arg.nameNode, {
            message: `The paging of this step sends "${name}" already.`,
            related: [{ message: 'The paging.', at: entry.value }],
          })
      }
    },
  },
})
