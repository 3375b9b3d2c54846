import { firstLine } from '../../first-line.ts'
import { wordsOf } from '../../knowledge/words.ts'
import { defineRule } from '../../rule.ts'
import { memberAt } from '../../view/read-tree.ts'

const dateWords = new Set(['date', 'datetime', 'timestamp', 'birthday', 'birthdate', 'dob'])
const says =
  /iso|rfc|yyyy|mm[-/]dd|dd[-/.]mm|\d{4}-\d{2}|\d{1,2}[/.]\d{1,2}|unix|epoch|seconds|millis|utc|format|example|e\.g\./i

export const dateFormatUnsaid = defineRule({
  code: 'lint/date-format-unsaid',
  severity: 'info',
  title: 'A date whose format is not said',
  why: 'A date as a text can be written in a dozen ways. An agent picks one, and the provider reads the day as the month or refuses the call.',
  remedy:
    'Name the format in the description (`YYYY-MM-DD`), or use the type `datetime_string` or `rules.format`.',
  bad: {
    part: 'input',
    yaml: 'name: start_date\ntype: string\nin: query\ndescription: First day of the period.',
  },
  good: {
    part: 'input',
    yaml: 'name: start_date\ntype: string\nin: query\ndescription: First day of the period, as YYYY-MM-DD.',
  },
  visit: {
    input({ map, name, type, description }, report) {
      if (type !== 'string' || description === undefined || says.test(description)) return
      const words = wordsOf(name)
      if (
        !words.some((word) => dateWords.has(word)) ||
        memberAt(map, 'rules', 'format') !== undefined ||
        memberAt(map, 'rules', 'pattern') !== undefined
      )
        return
      // The id or kind of a date is none.
      if (/^(?:id|type|kind|field|format|range|name)$/.test(words.at(-1) ?? '')) return
      report(memberAt(map, 'description') ?? firstLine(map), {
        message: `Nothing says how the date "${name}" is written.`,
      })
    },
  },
})
