import type { SourceNode } from '../../../definition/index.ts'
import { defineRule, type ReportFinding } from '../../rule.ts'
import type { ExpressionView } from '../../view/connector-view.ts'
import { memberOf } from '../../view/read-tree.ts'

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
    arg({ condition }, report) {
      checkLiteral(condition, report)
    },
    step({ map }, report) {
      checkLiteral(memberOf(map, 'condition'), report)
    },
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

/** A condition that is a value, not a text. */
function checkLiteral(node: SourceNode | undefined, report: ReportFinding): void {
  if (
    node === undefined ||
    (node.kind === 'scalar' && (typeof node.value === 'string' || node.value === null))
  )
    return
  if (node.kind === 'map') return
  report(node, { severity: 'warning', message: 'This condition is a value, and always the same.' })
}
