import { firstLine } from '../../first-line.ts'
import { lacksKey } from '../../lacks-key.ts'
import { defineRule } from '../../rule.ts'
import { entryOf } from '../../view/read-tree.ts'

export const enumWithoutValues = defineRule({
  code: 'lint/enum-without-values',
  severity: 'warning',
  title: 'An enum without values, or values without an enum',
  why: 'An enum without `oneOf` refuses nothing and tells callers nothing; `oneOf` on another type is not looked at.',
  remedy: 'Give `oneOf: {values: […]}` to inputs of type enum, and to no others.',
  bad: { part: 'input', yaml: 'name: order\ntype: enum\nin: query\ndescription: Which end comes first.' },
  good: {
    part: 'input',
    yaml: 'name: order\ntype: enum\nin: query\ndescription: Which end comes first.\noneOf:\n  values: [asc, desc]',
  },
  visit: {
    input({ map, name, type }, report) {
      const choice = entryOf(map, 'oneOf')
      if (type === 'enum' && lacksKey(map, 'oneOf'))
        report(firstLine(map), { message: `The enum "${name}" names no values.` })
      if (choice !== undefined && type !== 'enum' && type !== undefined)
        report(choice.key, { message: `"${name}" is of type ${type}, so its \`oneOf\` has no effect.` })
    },
  },
})
