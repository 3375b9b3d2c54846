import { defineRule } from '../../rule.ts'
import { mayHoldProgram, visitPrograms } from '../../visit-program.ts'

export const pipeTransform = defineRule({
  code: 'lint/pipe-transform',
  severity: 'error',
  title: 'A value piped into a transform',
  why: 'The language has no transforms: a single `|` makes the whole program nothing, silently. Mostly `||`, or a call, was meant.',
  remedy: 'Write `name(value)` for a function, or `||` for "or".',
  bad: {
    part: 'arg',
    yaml: "name: active\nin: query\nvalue: true\ncondition: '{{inputs.person_id|present}}'",
  },
  good: {
    part: 'arg',
    yaml: "name: active\nin: query\nvalue: true\ncondition: '{{present(inputs.person_id)}}'",
  },
  visit: {
    expression(expression, report) {
      if (!mayHoldProgram(expression) || !expression.text.includes('|')) return
      visitPrograms(expression, (node, spanOf) => {
        if (node.kind === 'transform')
          report(spanOf(node), {
            message: `There is no transform "${node.name}", so the whole program comes to nothing.`,
          })
      })
    },
  },
})
