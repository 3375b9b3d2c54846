import { replaceScalar } from '../../edit-text.ts'
import { defineRule } from '../../rule.ts'
import { asScalar, memberOf } from '../../view/read-tree.ts'

export const secretTypedOpenly = defineRule({
  code: 'lint/secret-typed-openly',
  severity: 'warning',
  title: 'A secret that is typed in the open',
  why: 'A field of type text shows what is typed to whoever looks at the screen, and browsers remember it.',
  remedy: 'Write `type: password`; `text_area` for keys of several lines.',
  bad: { part: 'field', yaml: 'key: apiToken\nlabel: API Token\ntype: text\nrequired: true\nsecret: true' },
  good: {
    part: 'field',
    yaml: 'key: apiToken\nlabel: API Token\ntype: password\nrequired: true\nsecret: true',
  },
  visit: {
    field({ map, key, type, secret }, report) {
      const node = asScalar(memberOf(map, 'type'))
      if (secret && type === 'text' && node !== undefined)
        report(node, {
          message: `The secret "${key}" is typed into a field of type text.`,
          fix: replaceScalar('Make it a password field', node, 'password'),
        })
    },
  },
})
