import { defineRule } from '../../rule.ts'
import { mayHoldProgram, visitPrograms } from '../../visit-program.ts'

export const nullLiteral = defineRule({
  code: 'lint/null-literal',
  severity: 'warning',
  title: 'A null that is a name',
  why: 'The language has no `null` and no `undefined`: both are names that happen to lead nowhere, and would read a field of that name.',
  remedy: 'Write `missing(x)` or `present(x)`; to give nothing, leave the alternative out.',
  bad: {
    part: 'arg',
    yaml: "name: q\nin: query\nvalue: true\ncondition: '{{(inputs.person_id) ? true : null}}'",
  },
  good: { part: 'arg', yaml: "name: q\nin: query\nvalue: true\ncondition: '{{present(inputs.person_id)}}'" },
  visit: {
    expression(expression, report) {
      if (!mayHoldProgram(expression) || !/null|undefined|None|nil/.test(expression.text)) return
      visitPrograms(expression, (node, spanOf, parent) => {
        if (node.kind !== 'name' || node.relative || !/^(?:null|undefined|None|nil)$/.test(node.name)) return
        const compared = parent?.kind === 'binary' && (parent.operator === '==' || parent.operator === '!=')
        report(spanOf(node), {
          // A comparison comes to what was meant, since nothing equals nothing.
          severity: compared ? 'info' : 'warning',
          message: `"${node.name}" is read as a name here.`,
        })
      })
    },
  },
})
