import { defineRule } from '../../rule.ts'
import { entryOf, isTrue, memberOf } from '../../view/read-tree.ts'

export const missingContentType = defineRule({
  code: 'lint/missing-content-type',
  severity: 'warning',
  title: 'A raw body without a content type',
  why: 'An object in the body is sent as JSON and says so. A raw text (`inline: true`) says nothing of itself, so that the provider has to guess.',
  remedy: 'Add an argument `Content-Type` with `in: headers`.',
  bad: {
    part: 'parameters',
    yaml: 'url: /import\nmethod: post\nargs:\n  - {name: body, value: $.inputs.person_id, in: body, inline: true}',
  },
  good: {
    part: 'parameters',
    yaml: 'url: /import\nmethod: post\nargs:\n  - {name: Content-Type, value: text/csv, in: headers}\n  - {name: body, value: $.inputs.person_id, in: body, inline: true}',
  },
  visit: {
    call({ args, step }, report) {
      const raw = args.find((arg) => isTrue(memberOf(arg.map, 'inline')))
      if (raw === undefined) return
      const typed = args.some((arg) => arg.in === 'headers' && arg.name.toLowerCase() === 'content-type')
      const shared = step.action.connector.expressions.some(
        ({ place, name, arg }) =>
          place === 'header' && arg === undefined && name?.toLowerCase() === 'content-type',
      )
      if (!typed && !shared)
        report(entryOf(raw.map, 'inline')?.key ?? raw.nameNode, {
          message: 'The raw body is sent without a content type.',
        })
    },
  },
})
