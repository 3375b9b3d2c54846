import { firstLine } from '../../first-line.ts'
import { lacksKey } from '../../lacks-key.ts'
import { defineRule } from '../../rule.ts'
import { entryOf, itemsOf, memberOf } from '../../view/read-tree.ts'

export const selectWithoutOptions = defineRule({
  code: 'lint/select-without-options',
  severity: 'error',
  title: 'A field to choose from without choices',
  why: 'The form shows an empty list, and nobody can link an account.',
  remedy: 'Give `options`, each with `value` and `label`; or make it a field of type text.',
  bad: { part: 'field', yaml: 'key: region\nlabel: Region\ntype: select' },
  good: {
    part: 'field',
    yaml: 'key: region\nlabel: Region\ntype: select\noptions:\n  - {value: eu, label: Europe}',
  },
  visit: {
    field({ map, key, type }, report) {
      const options = entryOf(map, 'options')
      if (
        type === 'select' &&
        (options === undefined ? lacksKey(map, 'options') : itemsOf(options.value).length === 0)
      )
        report(firstLine(map), { message: `The field "${key}" offers nothing to choose from.` })
      if (options !== undefined && type !== 'select' && type !== undefined)
        report(memberOf(map, 'type') ?? options.key, {
          severity: 'warning',
          message: `"${key}" is of type ${type}, so its options are not shown.`,
          hint: 'Write `type: select`, or remove the options.',
        })
    },
  },
})
