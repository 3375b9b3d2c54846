import { firstLine } from '../../first-line.ts'
import { lacksKey } from '../../lacks-key.ts'
import { defineRule } from '../../rule.ts'
import { itemsOf, memberOf } from '../../view/read-tree.ts'

export const noTestAction = defineRule({
  code: 'lint/no-test-action',
  severity: 'warning',
  title: 'Credentials that are never tested',
  why: 'Without a test action an account links with any text typed into the form, and the first person to notice is the one whose sync fails.',
  remedy: 'Add `testActions` with a cheap read, such as the profile of the user or one row of a list.',
  bad: { part: 'method', yaml: 'testActions: []' },
  good: { part: 'method', yaml: 'testActions:\n  - action: get_person\n    required: true' },
  visit: {
    method({ map, entry, key, fields }, report) {
      const tests = memberOf(map, 'testActions')
      if (fields.length === 0) return
      if (
        tests === undefined
          ? lacksKey(map, 'testActions')
          : itemsOf(tests).length === 0 && tests.kind === 'list'
      )
        report(tests === undefined ? entry.key : firstLine(tests), {
          message: `No action tests the credentials of "${key}".`,
        })
    },
  },
})
