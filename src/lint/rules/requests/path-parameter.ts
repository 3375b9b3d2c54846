import { defineRule } from '../../rule.ts'
import { spanOfText } from '../../span-in.ts'

export const pathParameter = defineRule({
  code: 'lint/path-parameter',
  severity: 'error',
  title: 'A path parameter that nothing fills',
  why: 'Documents of APIs write `/people/:id` or `/people/{id}`. Here only `${…}` is filled: anything else goes out as it stands.',
  remedy: 'Write `${inputs.id}`, and declare the input with `in: path`.',
  bad: { part: 'parameters', yaml: 'url: /people/{person_id}' },
  good: { part: 'parameters', yaml: 'url: /people/${inputs.person_id}' },
  visit: {
    call({ url, isRequest }, report) {
      const text = url?.value
      if (!isRequest || url === undefined || typeof text !== 'string' || text.trim().startsWith('{{')) return
      const outside = text.replaceAll(/\$\{[^}]*\}/g, '')
      const found = /\/:[A-Za-z_]\w*|(?<!\$)\{[A-Za-z_]\w*\}|<[A-Za-z_]\w*>/.exec(outside)
      if (found !== null) {
        const name = found[0].replace(/^\//, '')
        report(spanOfText(url, name), {
          message: `Nothing fills "${name}" in the URL.`,
          hint: `Write \`\${inputs.${name.replaceAll(/\W/g, '')}}\`.`,
        })
      }
    },
  },
})
