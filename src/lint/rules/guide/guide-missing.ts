import { lacksKey } from '../../lacks-key.ts'
import { defineRule } from '../../rule.ts'
import { asMap, memberOf } from '../../view/read-tree.ts'

export const guideMissing = defineRule({
  code: 'lint/guide-missing',
  severity: 'warning',
  title: 'A form without a guide',
  why: 'Whoever links an account has to find the values the form asks for. Without a guide they write to support.',
  remedy: 'Add `x-mainspring.guide` to the method: where each value is found, step by step.',
  bad: {
    part: 'connector',
    yaml: 'actions:\n  - actionId: list_people\n    x-mainspring: {stage: stable}\n    steps:\n      - stepId: list\n        stepFunction: {functionName: request, parameters: {url: /people, method: get}}',
  },
  good: {
    part: 'connector',
    yaml: 'authentication:\n  - api_key:\n      type: custom\n      label: API Key\n      environments: [{key: production, name: Production}]\n      configFields: [{key: apiKey, label: API Key, type: password, required: true, secret: true}]\n      authorization: {type: bearer, token: $.credentials.apiKey}\n      x-mainspring:\n        guide:\n          title: Connect Acme\n          sections:\n            - title: Create a key\n              steps: [{title: Open the settings, text: Copy the key., fields: [apiKey]}]\nactions:\n  - actionId: list_people\n    x-mainspring: {stage: stable}\n    steps:\n      - stepId: list\n        stepFunction: {functionName: request, parameters: {url: /people, method: get}}',
  },
  visit: {
    method({ connector, fields, guide, map, entry, key }, report) {
      // Only `x-mainspring` can hold a guide: a connector in the plain format is not asked for one.
      if (!connector.usesExtension || guide !== undefined || !fields.some(({ setup }) => !setup)) return
      const extension = asMap(memberOf(map, 'x-mainspring'))
      if (extension !== undefined && !lacksKey(extension, 'guide')) return
      report(entry.key, { message: `The form of "${key}" has no guide.` })
    },
  },
})
