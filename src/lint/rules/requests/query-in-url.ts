import { defineRule } from '../../rule.ts'
import { spanIn } from '../../span-in.ts'

export const queryInUrl = defineRule({
  code: 'lint/query-in-url',
  severity: 'warning',
  title: 'A query written into the URL',
  why: 'The original appends arguments of the query behind a second `?`, values in the URL are not encoded, and a parameter in the text cannot be left out.',
  remedy: 'Write each parameter as an argument with `in: query`.',
  bad: { part: 'parameters', yaml: 'url: /people?active=true' },
  good: { part: 'parameters', yaml: 'url: /people\nargs:\n  - {name: active, value: true, in: query}' },
  visit: {
    call({ url, isRequest }, report) {
      const text = url?.value
      if (!isRequest || url === undefined || typeof text !== 'string' || text.trim().startsWith('{{')) return
      const plain = text.replaceAll(/\$\{[^}]*\}/g, (hole) => '_'.repeat(hole.length))
      const at = plain.indexOf('?')
      if (at !== -1)
        report(spanIn(url, { start: at, end: text.length }), {
          message: 'The query is written into the URL.',
        })
    },
  },
})
