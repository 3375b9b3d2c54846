import { defineRule } from '../../rule.ts'
import type { ArgView } from '../../view/connector-view.ts'

/** Arguments with conditions are alternatives by custom. */
export const duplicateArg = defineRule({
  code: 'lint/duplicate-arg',
  severity: 'warning',
  title: 'An argument that is sent twice',
  why: 'Two arguments of one name and place are not alternatives: a query parameter is sent twice, a header keeps the last, a body field the last.',
  remedy: 'Remove one of them, or give both a condition that excludes the other.',
  bad: {
    part: 'parameters',
    yaml: 'args:\n  - {name: limit, value: 50, in: query}\n  - {name: limit, value: 100, in: query}',
  },
  good: {
    part: 'parameters',
    yaml: 'args:\n  - {name: limit, value: 50, in: query}\n  - {name: offset, value: 100, in: query}',
  },
  visit: {
    call({ args }, report) {
      const seen = new Map<string, ArgView>()
      for (const arg of args) {
        if (arg.condition !== undefined || arg.name === '') continue
        const key = `${arg.in} ${arg.in === 'headers' ? arg.name.toLowerCase() : arg.name}`
        const first = seen.get(key)
        if (first === undefined) seen.set(key, arg)
        else if (arg.in !== 'body' || (arg.value?.kind === 'scalar' && first.value?.kind === 'scalar'))
          report(arg.nameNode, {
            message: `The argument "${arg.name}" in ${arg.in} is already there.`,
            related: [{ message: 'First written here.', at: first.nameNode }],
          })
      }
    },
  },
})
