import { replaceSpan } from '../../edit-text.ts'
import { withoutHoles } from '../../knowledge/urls.ts'
import { defineRule } from '../../rule.ts'
import { spanIn } from '../../span-in.ts'
import { asScalar, memberOf, textOf } from '../../view/read-tree.ts'

export const missingSlash = defineRule({
  code: 'lint/missing-slash',
  severity: 'error',
  title: 'No slash between base URL and path',
  why: 'Both are joined as they stand: `https://api.acme.com/v1` and `people` make `https://api.acme.com/v1people`.',
  remedy: 'Start the path with a slash.',
  bad: { part: 'parameters', yaml: 'url: people' },
  good: { part: 'parameters', yaml: 'url: /people' },
  visit: {
    call({ url, isRequest, parameters, step }, report) {
      const text = url?.value
      if (!isRequest || url === undefined || typeof text !== 'string' || !/^[A-Za-z0-9]/.test(text)) return
      if (/^[a-z][a-z0-9+.-]*:\/\//i.test(text)) return
      const base = asScalar(memberOf(parameters, 'baseUrl')) ?? step.action.connector.baseUrl
      const baseText = withoutHoles(textOf(base) ?? '')
      if (base === undefined || baseText === '' || baseText.endsWith('/') || baseText.endsWith('\u0000'))
        return
      report(url, {
        message: `The path "${text}" does not start with a slash.`,
        related: [{ message: 'The base URL does not end with one.', at: base }],
        fix: replaceSpan('Start with a slash', spanIn(url, { start: 0, end: 0 }), '/'),
      })
    },
  },
})
