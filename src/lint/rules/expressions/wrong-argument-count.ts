import { argumentCounts } from '../../knowledge/functions.ts'
import { defineRule } from '../../rule.ts'
import { spanIn } from '../../span-in.ts'

export const wrongArgumentCount = defineRule({
  code: 'lint/wrong-argument-count',
  severity: 'error',
  title: 'A function called with too few or too many arguments',
  why: 'A missing argument counts as nothing, so `present()` is never true and `includes(list)` never finds; further ones are ignored.',
  remedy: 'Give the arguments that the reference of expressions lists.',
  bad: {
    part: 'arg',
    yaml: "name: active\nin: query\nvalue: true\ncondition: '{{includes($.inputs.tags)}}'",
  },
  good: {
    part: 'arg',
    yaml: 'name: active\nin: query\nvalue: true\ncondition: "{{includes($.inputs.tags, \'new\')}}"',
  },
  visit: {
    expression({ compiled, scalar }, report) {
      for (const { name, argumentCount, range } of compiled?.calls ?? []) {
        const [least, most] = Object.hasOwn(argumentCounts, name)
          ? (argumentCounts[name] ?? [0, 99])
          : [0, 99]
        if (argumentCount >= least && argumentCount <= most) continue
        const wanted = least === most ? String(least) : `${least} to ${most}`
        report(spanIn(scalar, range), {
          message: `"${name}" takes ${wanted} argument${wanted === '1' ? '' : 's'}, and is given ${argumentCount}.`,
        })
      }
    },
  },
})
