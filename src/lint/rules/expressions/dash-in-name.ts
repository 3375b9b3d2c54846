import { defineRule } from '../../rule.ts'
import { mayHoldProgram, visitPrograms } from '../../visit-program.ts'

export const dashInName = defineRule({
  code: 'lint/dash-in-name',
  severity: 'warning',
  title: 'A name with a dash in a program',
  why: '`inputs.person-id` is `inputs.person` minus `id`: a number that is none, sent as "NaN".',
  remedy: "Write the name in brackets, `inputs['person-id']`, or put blanks around a minus that is meant.",
  bad: { part: 'arg', yaml: "name: q\nin: query\nvalue: '${inputs.person-id}'" },
  good: { part: 'arg', yaml: 'name: q\nin: query\nvalue: "${inputs[\'person-id\']}"' },
  visit: {
    expression(expression, report) {
      if (!mayHoldProgram(expression) || !expression.text.includes('-')) return
      visitPrograms(expression, (node, spanOf) => {
        if (node.kind !== 'binary' || node.operator !== '-') return
        if (node.right.kind !== 'name' && node.right.kind !== 'member') return
        const { file, start, end } = spanOf(node)
        if (/[\w]-[A-Za-z_]/.test(file.text.slice(start, end)))
          report({ file, start, end }, { message: 'This is a subtraction, not a name with a dash.' })
      })
    },
  },
})
