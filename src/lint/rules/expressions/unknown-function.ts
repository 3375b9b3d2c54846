import { nearestName } from '../../../errors/index.ts'
import { expressionFunctionNames } from '../../../expression/index.ts'
import { replaceSpan } from '../../edit-text.ts'
import { defineRule } from '../../rule.ts'
import { spanIn } from '../../span-in.ts'

export const unknownFunction = defineRule({
  code: 'lint/unknown-function',
  severity: 'error',
  title: 'A function that does not exist',
  why: 'The whole program then comes to nothing, silently: a condition is never met, a value is not sent.',
  remedy: 'Use a function of the language; the reference of expressions lists them.',
  bad: {
    part: 'arg',
    yaml: "name: active\nin: query\nvalue: true\ncondition: '{{presnt($.inputs.person_id)}}'",
  },
  good: {
    part: 'arg',
    yaml: "name: active\nin: query\nvalue: true\ncondition: '{{present($.inputs.person_id)}}'",
  },
  visit: {
    expression({ compiled, scalar, text }, report) {
      for (const { name, range } of compiled?.calls ?? []) {
        if (name === '' || expressionFunctionNames.includes(name)) continue
        const start = range.start.offset
        const before = text.slice(0, start).trimEnd()
        // A dotted call is a mistake of its own.
        if (before.endsWith('.') && !before.endsWith('$.')) continue
        const meant = nearestName(name, expressionFunctionNames)
        const at = spanIn(scalar, { start, end: start + name.length })
        report(at, {
          message: `There is no function "${name}".`,
          hint:
            meant === undefined
              ? `The functions are: ${expressionFunctionNames.join(', ')}.`
              : `Did you mean \`${meant}\`?`,
          fix:
            meant !== undefined && text.startsWith(name, start)
              ? replaceSpan(`Write ${meant}`, at, meant)
              : undefined,
        })
      }
    },
  },
})
