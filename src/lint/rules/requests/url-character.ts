import { defineRule } from '../../rule.ts'
import { spanIn } from '../../span-in.ts'

export const urlCharacter = defineRule({
  code: 'lint/url-character',
  severity: 'warning',
  title: 'A character that no URL has',
  why: 'Blanks, quotes, backslashes and broken percent signs are not part of URLs: servers see something else than what is written, or refuse it.',
  remedy: 'Remove the character, or write it percent-encoded.',
  bad: { part: 'parameters', yaml: "url: '/people /active'" },
  good: { part: 'parameters', yaml: 'url: /people/active' },
  visit: {
    call({ url, isRequest }, report) {
      const text = url?.value
      if (!isRequest || url === undefined || typeof text !== 'string' || text.trim().startsWith('{{')) return
      const plain = text.replaceAll(/\$\{[^}]*\}/g, (hole) => '_'.repeat(hole.length))
      const found = /[\s"\\^`|]|%(?![0-9A-Fa-f]{2})|#|\?.*\?|\/\.\.?(?=\/|$)/.exec(plain)
      if (found === null) return
      report(spanIn(url, { start: found.index, end: found.index + found[0].length }), {
        message:
          found[0] === '#'
            ? 'What stands behind "#" is never sent.'
            : `"${found[0]}" cannot stand in the path of a URL.`,
      })
    },
  },
})
