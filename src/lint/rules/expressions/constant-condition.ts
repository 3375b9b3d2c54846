import { defineRule } from '../../rule.ts'
import type { ExpressionView } from '../../view/connector-view.ts'

export const constantCondition = defineRule({
  code: 'lint/constant-condition',
  severity: 'error',
  title: 'A condition that is always the same',
  why: 'A condition without braces is a plain text, and one without names cannot change: what it guards runs always or never.',
  remedy: 'Write the condition as a program, `{{…}}`; or remove it, or what it guards.',
  bad: {
    part: 'arg',
    yaml: 'name: q\nin: query\nvalue: $.inputs.person_id\ncondition: present(inputs.person_id)',
  },
  good: {
    part: 'arg',
    yaml: "name: q\nin: query\nvalue: $.inputs.person_id\ncondition: '{{present(inputs.person_id)}}'",
  },
  visit: {
    expression(expression, report) {
      const { compiled, place, scalar } = expression
      if (compiled === undefined || (place !== 'condition' && place !== 'match') || !compiled.constant) return
      if (compiled.kind === 'text')
        report(scalar, {
          message: isTextTrue(expression)
            ? 'This text is no expression: it is the text itself, which is always true.'
            : 'This text is no expression, and never true.',
          hint: `Write \`{{${expression.text.trim()}}}\`.`,
        })
      else if (compiled.kind === 'program')
        report(scalar, {
          severity: 'warning',
          message: `This condition is always ${compiled.evaluateSafely({}) ? 'true' : 'false'}.`,
        })
    },
  },
})

/** Conditions of steps go by truth, those of arguments and matches must be true itself. */
function isTextTrue({ arg, place }: ExpressionView): boolean {
  return arg === undefined && place === 'condition'
}
