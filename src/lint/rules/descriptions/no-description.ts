import { defineRule } from '../../rule.ts'
import { asScalar, entryOf } from '../../view/read-tree.ts'

/** The key itself is recommended by the format; this is about what is in it. */
export const noDescription = defineRule({
  code: 'lint/no-description',
  severity: 'warning',
  title: 'A description that says nothing',
  why: 'People and agents choose an action and fill its inputs by the descriptions alone. An empty one, or one that only repeats the name, leaves them guessing.',
  remedy: 'Say what it does or holds, in a sentence that the name does not say already.',
  bad: { part: 'action', yaml: 'actionId: get_person\ndescription: ""' },
  good: {
    part: 'action',
    yaml: 'actionId: get_person\ndescription: Reads one person by id, with addresses and positions.',
  },
  visit: {
    action({ map, id }, report) {
      const entry = entryOf(map, 'description')
      const value = asScalar(entry?.value)?.value
      if (entry !== undefined && typeof value === 'string' && value.trim() === '')
        report(entry.value, { message: `The description of "${id}" is empty.` })
    },
    input({ map, name }, report) {
      const entry = entryOf(map, 'description')
      const value = asScalar(entry?.value)?.value
      if (entry !== undefined && typeof value === 'string' && value.trim() === '')
        report(entry.value, { message: `The description of "${name}" is empty.` })
    },
  },
})
