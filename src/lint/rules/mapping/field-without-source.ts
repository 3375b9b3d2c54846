import { firstLine } from '../../first-line.ts'
import { lacksKey } from '../../lacks-key.ts'
import { defineRule } from '../../rule.ts'
import { memberOf } from '../../view/read-tree.ts'

export const fieldWithoutSource = defineRule({
  code: 'lint/field-without-source',
  severity: 'error',
  title: 'A mapped field that nothing fills',
  why: 'Without an expression, values or properties the field is left out of every record, with success.',
  remedy: 'Give it an `expression`.',
  bad: { part: 'action', yaml: 'fieldConfigs:\n  - {targetFieldKey: id, type: string}' },
  good: { part: 'action', yaml: 'fieldConfigs:\n  - {targetFieldKey: id, type: string, expression: $.id}' },
  visit: {
    mapping({ map, target, call }, report) {
      // A typecast has nothing but types.
      if (call?.functionName === 'typecast') return
      if (['expression', 'values', 'properties'].some((key) => memberOf(map, key) !== undefined)) return
      if (lacksKey(map, 'expression') && lacksKey(map, 'values') && lacksKey(map, 'properties'))
        report(firstLine(map), { message: `Nothing fills the field "${target}".` })
    },
  },
})
