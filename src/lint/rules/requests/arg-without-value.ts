import { firstLine } from '../../first-line.ts'
import { lacksKey } from '../../lacks-key.ts'
import { defineRule } from '../../rule.ts'
import { asScalar } from '../../view/read-tree.ts'

export const argWithoutValue = defineRule({
  code: 'lint/arg-without-value',
  severity: 'error',
  title: 'An argument without a value',
  why: 'In the query and in headers the original sends the word "undefined"; in a body, and in this engine, it is left out: it never does anything.',
  remedy: 'Give it a `value`, or remove it.',
  bad: { part: 'arg', yaml: 'name: active\nin: query' },
  good: { part: 'arg', yaml: 'name: active\nin: query\nvalue: true' },
  visit: {
    arg({ map, name, value }, report) {
      const blank = asScalar(value)?.value
      if (
        value === undefined
          ? lacksKey(map, 'value', ['spread', 'inline'])
          : typeof blank === 'string' && blank.trim() === ''
      )
        report(value ?? firstLine(map), { message: `The argument "${name}" has no value.` })
    },
  },
})
