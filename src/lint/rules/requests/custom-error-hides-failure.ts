import { defineRule } from '../../rule.ts'
import { mapsOf, memberOf, textOf } from '../../view/read-tree.ts'

export const customErrorHidesFailure = defineRule({
  code: 'lint/custom-error-hides-failure',
  severity: 'warning',
  title: 'A failure turned into a success',
  why: 'A refusal that counts as a success gives the caller the body of the error as data. Without a condition it hides every failure of that status.',
  remedy: 'Give it a condition on the body, or map it to a status of failure.',
  bad: {
    part: 'parameters',
    yaml: 'url: /me\nmethod: get\ncustomErrors:\n  - {receivedStatus: 403, targetStatus: 200}',
  },
  good: {
    part: 'parameters',
    yaml: 'url: /me\nmethod: get\ncustomErrors:\n  - {receivedStatus: 403, targetStatus: 401}',
  },
  visit: {
    call({ parameters }, report) {
      for (const entry of mapsOf(memberOf(parameters, 'customErrors'))) {
        const from = Number(textOf(memberOf(entry, 'receivedStatus')))
        const target = memberOf(entry, 'targetStatus')
        const to = Number(textOf(target))
        if (
          target !== undefined &&
          from >= 400 &&
          to < 400 &&
          from !== 404 &&
          memberOf(entry, 'condition') === undefined
        )
          report(target, { message: `Every ${from} of the provider counts as a success.` })
      }
    },
  },
})
