import { defineRule } from '../../rule.ts'
import { mapsOf, memberOf, textOf, textsOf } from '../../view/read-tree.ts'

export const guideFieldUnexplained = defineRule({
  code: 'lint/guide-field-unexplained',
  severity: 'warning',
  title: 'A field of the form that the guide does not explain',
  why: 'People stop at the one field whose value they do not know where to find.',
  remedy: 'Name it under `fields` of the step that says where its value is.',
  bad: {
    part: 'method',
    yaml: 'x-mainspring:\n  guide:\n    title: Connect Acme\n    sections:\n      - title: Create a key\n        steps: [{title: Open the settings, text: Copy the key.}]',
  },
  good: {
    part: 'method',
    yaml: 'x-mainspring:\n  guide:\n    title: Connect Acme\n    sections:\n      - title: Create a key\n        steps: [{title: Open the settings, text: Copy the key., fields: [apiKey]}]',
  },
  visit: {
    method({ guide, fields }, report) {
      if (guide === undefined) return
      // A section that white label hides cannot be the only one to explain a field.
      const named = new Set(
        mapsOf(memberOf(guide, 'sections'))
          .filter((section) => textOf(memberOf(section, 'hiddenUnderWhiteLabel')) !== 'true')
          .flatMap((section) => mapsOf(memberOf(section, 'steps')))
          .flatMap((step) => textsOf(memberOf(step, 'fields')))
          .map((node) => textOf(node)),
      )
      for (const { key, keyNode, setup } of fields)
        if (!setup && !named.has(key))
          report(keyNode, { message: `No step of the guide explains the field "${key}".` })
    },
  },
})
