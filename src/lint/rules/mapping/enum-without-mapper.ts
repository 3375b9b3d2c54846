import { firstLine } from '../../first-line.ts'
import { lacksKey } from '../../lacks-key.ts'
import { defineRule } from '../../rule.ts'
import { entryOf } from '../../view/read-tree.ts'

export const enumWithoutMapper = defineRule({
  code: 'lint/enum-without-mapper',
  severity: 'error',
  title: 'An enum that nothing matches, or a matcher that is not asked',
  why: 'A field of type enum without `enumMapper` is left out of every record; a mapper on another type is not looked at.',
  remedy: 'Give `enumMapper` to fields of type enum, and to no others.',
  bad: {
    part: 'action',
    yaml: 'fieldConfigs:\n  - {targetFieldKey: status, type: enum, expression: $.status}',
  },
  good: {
    part: 'action',
    yaml: 'fieldConfigs:\n  - targetFieldKey: status\n    type: enum\n    expression: $.status\n    enumMapper:\n      matcher: [{matchExpression: \'{{$.status == "on"}}\', value: active}]',
  },
  visit: {
    mapping({ map, target, type, call }, report) {
      if (call?.functionName === 'typecast') return
      const mapper = entryOf(map, 'enumMapper')
      if (type === 'enum' && mapper === undefined && lacksKey(map, 'enumMapper'))
        report(firstLine(map), { message: `The enum "${target}" has no \`enumMapper\`.` })
      if (type !== 'enum' && type !== undefined && mapper !== undefined)
        report(entryOf(map, 'type')?.value ?? mapper.key, {
          severity: 'warning',
          message: `"${target}" is of type ${type}, so its \`enumMapper\` is not asked.`,
          related: [{ message: 'The mapper.', at: mapper.key }],
        })
    },
  },
})
