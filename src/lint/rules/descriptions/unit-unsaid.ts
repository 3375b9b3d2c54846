import { firstLine } from '../../first-line.ts'
import { wordsOf } from '../../knowledge/words.ts'
import { defineRule } from '../../rule.ts'
import { memberAt } from '../../view/read-tree.ts'

const measured = new Set(
  'duration timeout interval ttl delay elapsed weight height distance amount price cost salary budget fee bandwidth'.split(
    ' ',
  ),
)
const units =
  /second|minute|hour|day|week|month|year|\bms\b|millis|percent|%|byte|\b[kmg]b\b|cent|dollar|euro|currency|\b(?:usd|eur|gbp|chf)\b|kilo|\bkg\b|pound|gram|met(?:er|re)|\bkm\b|mile|inch|feet|unit|pixel|whole|decimal/i

export const unitUnsaid = defineRule({
  code: 'lint/unit-unsaid',
  severity: 'info',
  title: 'A number whose unit is not said',
  why: 'Sixty seconds and sixty minutes are the same number. Nobody can fill the input rightly without the unit.',
  remedy: 'Name the unit in the description, or in the name (`timeout_seconds`).',
  bad: {
    part: 'input',
    yaml: 'name: duration\ntype: number\nin: body\ndescription: How long the call took.',
  },
  good: {
    part: 'input',
    yaml: 'name: duration\ntype: number\nin: body\ndescription: How long the call took, in seconds.',
  },
  visit: {
    input({ map, name, type, description }, report) {
      if (type !== 'number' || description === undefined || units.test(`${name} ${description}`)) return
      const words = wordsOf(name)
      if (words.some((word) => measured.has(word)) && !/^(?:id|count|type)$/.test(words.at(-1) ?? ''))
        report(memberAt(map, 'description') ?? firstLine(map), {
          message: `Nothing says in which unit "${name}" counts.`,
        })
    },
  },
})
