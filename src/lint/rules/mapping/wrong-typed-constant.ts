import { compileExpression } from '../../../expression/index.ts'
import { defineRule } from '../../rule.ts'

export const wrongTypedConstant = defineRule({
  code: 'lint/wrong-typed-constant',
  severity: 'warning',
  title: 'A constant that cannot become the type of its field',
  why: 'A text without `$` or braces is the text itself. As a number or a date it becomes null.',
  remedy: 'Write a path, `$.field`; or a constant of the type.',
  bad: { part: 'action', yaml: 'fieldConfigs:\n  - {targetFieldKey: age, type: number, expression: age}' },
  good: { part: 'action', yaml: 'fieldConfigs:\n  - {targetFieldKey: age, type: number, expression: $.age}' },
  visit: {
    mapping({ expression, target, type, call }, report) {
      const text = expression?.value
      if (
        expression === undefined ||
        typeof text !== 'string' ||
        text.trim() === '' ||
        call?.functionName === 'typecast'
      )
        return
      const value = constantOf(text)
      if (value === undefined) return
      const wrong =
        (type === 'number' && Number.isNaN(Number(value))) ||
        (type === 'boolean' && !/^(?:true|false|0|1|yes|no)$/i.test(value)) ||
        (type === 'datetime_string' && Number.isNaN(Date.parse(value))) ||
        type === 'object'
      if (wrong)
        report(expression, {
          message: `"${value}" is a text, and "${target}" is of type ${type}.`,
          hint: /^[\w.]+$/.test(value) ? `Write \`$.${value}\` to read the field.` : undefined,
        })
      else if (type === 'string' && /^[a-z]+(?:[A-Z]\w*|_\w+)$/.test(value))
        report(expression, {
          severity: 'info',
          message: `"${value}" is a plain text, the same in every record.`,
          hint: `Write \`$.${value}\` to read the field.`,
        })
    },
  },
})

function constantOf(text: string): string | undefined {
  try {
    const compiled = compileExpression(text)
    return compiled.kind === 'text' ? text.trim() : undefined
  } catch {
    return undefined
  }
}
