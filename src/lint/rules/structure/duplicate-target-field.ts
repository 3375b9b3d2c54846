import { defineRule } from '../../rule.ts'
import { memberOf, textOf } from '../../view/read-tree.ts'

export const duplicateTargetField = defineRule({
  code: 'lint/duplicate-target-field',
  severity: 'error',
  title: 'Two mappings to one field',
  why: 'The second one overwrites what the first one gave.',
  remedy: 'Rename one of them, or put both sources into one expression.',
  bad: {
    part: 'action',
    yaml: 'fieldConfigs:\n  - {targetFieldKey: name, type: string, expression: $.first}\n  - {targetFieldKey: name, type: string, expression: $.last}',
  },
  good: {
    part: 'action',
    yaml: 'fieldConfigs:\n  - {targetFieldKey: first_name, type: string, expression: $.first}\n  - {targetFieldKey: last_name, type: string, expression: $.last}',
  },
  visit: {
    mapping({ map, target, targetNode, siblings }, report) {
      const first = siblings.find((other) => textOf(memberOf(other, 'targetFieldKey')) === target)
      if (first === undefined || first === map || target === '') return
      report(targetNode, {
        message: `The field "${target}" is already mapped.`,
        related: [{ message: 'First mapped here.', at: memberOf(first, 'targetFieldKey') ?? first }],
      })
    },
  },
})
