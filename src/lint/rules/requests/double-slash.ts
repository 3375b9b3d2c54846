import { replaceSpan } from '../../edit-text.ts'
import { withoutHoles } from '../../knowledge/urls.ts'
import { defineRule } from '../../rule.ts'
import { spanIn } from '../../span-in.ts'
import { asScalar, memberOf, textOf } from '../../view/read-tree.ts'

export const doubleSlash = defineRule({
  code: 'lint/double-slash',
  severity: 'warning',
  title: 'Two slashes in a row in a URL',
  why: 'Base URL and path are joined as they stand. Many servers answer 404 to a path with an empty segment.',
  remedy: 'End the base URL without a slash and start the path with one.',
  bad: { part: 'parameters', yaml: 'url: /people//active' },
  good: { part: 'parameters', yaml: 'url: /people/active' },
  visit: {
    call({ url, isRequest, parameters, step }, report) {
      const text = url?.value
      if (!isRequest || url === undefined || typeof text !== 'string') return
      const plain = text
        .replace(/^[a-z]+:\/\//i, (scheme) => '_'.repeat(scheme.length))
        .replaceAll(/\$\{[^}]*\}/g, (hole) => '_'.repeat(hole.length))
      const at = plain.startsWith('{{') ? -1 : plain.indexOf('//')
      if (at !== -1) {
        const span = spanIn(url, { start: at, end: at + 2 })
        report(span, {
          message: 'The path has an empty segment.',
          fix: replaceSpan('Write one slash', span, '/'),
        })
        return
      }
      const base = asScalar(memberOf(parameters, 'baseUrl')) ?? step.action.connector.baseUrl
      const baseText = withoutHoles(textOf(base) ?? '')
      if (base !== undefined && baseText.endsWith('/') && text.startsWith('/')) {
        const span = spanIn(url, { start: 0, end: 1 })
        report(span, {
          message: 'The base URL ends with a slash and the path starts with one.',
          related: [{ message: 'The base URL.', at: base }],
        })
      }
    },
  },
})
