import { defineRule } from '../../rule.ts'
import { asMap, entryOf, memberOf } from '../../view/read-tree.ts'

const textRules = ['minLength', 'maxLength', 'pattern', 'format']
const numberRules = ['min', 'max']

export const ruleRange = defineRule({
  code: 'lint/rule-range',
  severity: 'error',
  title: 'Rules of an input that nothing can meet, or that do not apply',
  why: 'Where the smallest allowed value is above the largest, every call is refused; a rule for texts on a number is never looked at.',
  remedy:
    'Swap the two limits, or use the rule of the type: `min` and `max` for numbers, the lengths, `pattern` and `format` for texts.',
  bad: {
    part: 'input',
    yaml: 'name: size\ntype: number\nin: query\ndescription: Number of rows.\nrules:\n  min: 100\n  max: 1',
  },
  good: {
    part: 'input',
    yaml: 'name: size\ntype: number\nin: query\ndescription: Number of rows.\nrules:\n  min: 1\n  max: 100',
  },
  visit: {
    input({ map, name, type }, report) {
      const rules = asMap(memberOf(map, 'rules'))
      for (const [low, high] of [
        ['min', 'max'],
        ['minLength', 'maxLength'],
      ] as const) {
        const [least, most] = [entryOf(rules, low), entryOf(rules, high)]
        if (least?.value.kind !== 'scalar' || most?.value.kind !== 'scalar') continue
        const [from, to] = [Number(least.value.value), Number(most.value.value)]
        if (from > to)
          report(most.value, {
            message: `No value of "${name}" is at least ${from} and at most ${to}.`,
            related: [{ message: `\`${low}\` stands here.`, at: least.value }],
          })
      }
      const foreign =
        type === 'number'
          ? textRules
          : type === 'boolean' || type === 'object'
            ? [...textRules, ...numberRules]
            : type === 'string'
              ? numberRules
              : []
      for (const key of foreign) {
        const entry = entryOf(rules, key)
        if (entry !== undefined)
          report(entry.key, {
            severity: 'warning',
            message: `"${name}" is of type ${type}, so \`${key}\` is never looked at.`,
          })
      }
    },
  },
})
