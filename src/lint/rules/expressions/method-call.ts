import { defineRule } from '../../rule.ts'
import { spanIn } from '../../span-in.ts'

export const methodCall = defineRule({
  code: 'lint/method-call',
  severity: 'error',
  title: 'A method called on a value',
  why: 'A dotted call drops what stands before the dot: `name.toUpperCase()` calls a function `toUpperCase` with no arguments, which does not exist, and `list.includes(1)` calls `includes(1)`, which is false.',
  remedy: 'Call a function of the language with the value as its argument: `includes(list, 1)`.',
  bad: { part: 'arg', yaml: "name: q\nin: query\nvalue: '{{inputs.person_id.toUpperCase()}}'" },
  good: { part: 'arg', yaml: "name: q\nin: query\nvalue: '{{inputs.person_id}}'" },
  visit: {
    expression({ compiled, scalar, text }, report) {
      for (const { name, range } of compiled?.calls ?? []) {
        const before = text.slice(0, range.start.offset).trimEnd()
        const inside = text.slice(range.start.offset, range.end.offset)
        const dotted =
          (before.endsWith('.') && !before.endsWith('$.')) ||
          new RegExp(`^[^(]*\\.\\s*${name.replaceAll('$', '\\$')}\\s*\\(`).test(inside)
        if (name !== '' && dotted)
          report(spanIn(scalar, range), { message: `"${name}" is called without the value before its dot.` })
      }
    },
  },
})
