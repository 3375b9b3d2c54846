import { defineRule } from '../../rule.ts'
import { spanIn } from '../../span-in.ts'

export const nestedSyntax = defineRule({
  code: 'lint/nested-syntax',
  severity: 'error',
  title: 'One syntax of expressions within another',
  why: 'A text is one of three: a path `$.a`, a program `{{a}}`, or a text with holes `${a}`. A hole within a program is filled and then returned, not evaluated; braces within a hole or in the middle of a text stay as they are.',
  remedy: 'Use one syntax: names alone within `{{…}}`, and `${…}` to put values into a text.',
  bad: { part: 'arg', yaml: "name: q\nin: query\nvalue: '{{present(${inputs.person_id})}}'" },
  good: { part: 'arg', yaml: "name: q\nin: query\nvalue: '{{present(inputs.person_id)}}'" },
  visit: {
    expression({ compiled, scalar, text }, report) {
      if (!text.includes('{{') && !text.includes('${')) return
      const trimmed = text.trim()
      const isProgram = trimmed.startsWith('{{') && trimmed.endsWith('}}')
      const hole = text.indexOf('${')
      if (isProgram && compiled?.kind === 'template' && hole !== -1)
        report(spanIn(scalar, { start: hole, end: text.indexOf('}', hole) + 1 || text.length }), {
          message: 'A hole within a program: it is filled, and the rest is never evaluated.',
          hint: 'Write the name without `${` and `}`.',
        })
      const braces = text.indexOf('{{')
      if (
        !isProgram &&
        braces !== -1 &&
        (compiled?.kind === 'text' || compiled?.kind === 'template') &&
        text.includes('}}', braces)
      )
        report(spanIn(scalar, { start: braces, end: text.indexOf('}}', braces) + 2 }), {
          message: 'Braces in the middle of a text are no program: they stay as they are.',
          hint: 'Write `${…}` to put a value into a text.',
        })
      const program = isProgram ? trimmed.slice(2, -2) : ''
      const quoted = /(["'])\$\.[\w.]+\1/.exec(program)
      if (quoted !== null) {
        const start = text.indexOf(quoted[0])
        report(spanIn(scalar, { start, end: start + quoted[0].length }), {
          message: 'A path in quotes is a text, and its `$.` is taken away.',
          hint: 'Remove the quotes.',
        })
      }
    },
  },
})
