import { nearestName } from '../../../errors/index.ts'
import { replaceScalar } from '../../edit-text.ts'
import { defineRule } from '../../rule.ts'
import { mapsOf, memberOf, textOf, textsOf } from '../../view/read-tree.ts'

export const guideUnknownField = defineRule({
  code: 'lint/guide-unknown-field',
  severity: 'error',
  title: 'A guide that explains a field the form does not have',
  why: 'The step points at nothing, and the field it was meant for stays unexplained.',
  remedy: 'Name a key of `configFields`.',
  bad: {
    part: 'method',
    yaml: 'x-mainspring:\n  guide:\n    title: Connect Acme\n    sections:\n      - title: Create a key\n        steps: [{title: Open the settings, text: Copy the key., fields: [apKey]}]',
  },
  good: {
    part: 'method',
    yaml: 'x-mainspring:\n  guide:\n    title: Connect Acme\n    sections:\n      - title: Create a key\n        steps: [{title: Open the settings, text: Copy the key., fields: [apiKey]}]',
  },
  visit: {
    method({ guide, fields }, report) {
      const keys = fields.map(({ key }) => key)
      for (const section of mapsOf(memberOf(guide, 'sections'))) {
        for (const node of mapsOf(memberOf(section, 'steps')).flatMap((step) =>
          textsOf(memberOf(step, 'fields')),
        )) {
          const name = textOf(node) ?? ''
          if (keys.includes(name)) continue
          const meant = nearestName(name, keys)
          const field = fields.find(({ key }) => key === meant)
          report(node, {
            message: `The form has no field "${name}".`,
            hint: meant === undefined ? `Its fields are: ${keys.join(', ')}.` : `Did you mean \`${meant}\`?`,
            related: field === undefined ? undefined : [{ message: 'The field.', at: field.keyNode }],
            fix: meant === undefined ? undefined : replaceScalar(`Write ${meant}`, node, meant),
          })
        }
      }
    },
  },
})
