import type { SourceScalar } from '../../../definition/index.ts'
import { nearestName } from '../../../errors/index.ts'
import { replaceScalar } from '../../edit-text.ts'
import { defineRule } from '../../rule.ts'
import { asScalar, mapsOf, memberAt, memberOf, textOf, textsOf } from '../../view/read-tree.ts'

export const validationRuleInput = defineRule({
  code: 'lint/validation-rule-input',
  severity: 'error',
  title: 'A validation rule about an input that does not exist',
  why: 'The rule can never be met, or never applies.',
  remedy: 'Name an input of the action.',
  bad: {
    part: 'action',
    yaml: 'validationRules:\n  - rule: atLeastOneOf\n    fields: [persn_id, person_id]',
  },
  good: { part: 'action', yaml: 'validationRules:\n  - rule: atLeastOneOf\n    fields: [person_id]' },
  visit: {
    action({ map, inputs }, report) {
      const names = inputs.map(({ name }) => name)
      for (const rule of mapsOf(memberOf(map, 'validationRules'))) {
        const nodes: readonly SourceScalar[] = [
          ...textsOf(memberOf(rule, 'fields')),
          ...[asScalar(memberOf(rule, 'field')), asScalar(memberAt(rule, 'condition', 'field'))].filter(
            (node) => node !== undefined,
          ),
        ]
        for (const node of nodes) {
          const name = textOf(node) ?? ''
          // A dotted name leads into an object.
          if (names.includes(name.split('.')[0] ?? '')) continue
          const meant = nearestName(name, names)
          report(node, {
            message: `The rule names "${name}", and the action has no such input.`,
            hint: meant === undefined ? undefined : `Did you mean \`${meant}\`?`,
            fix: meant === undefined ? undefined : replaceScalar(`Write ${meant}`, node, meant),
          })
        }
      }
    },
  },
})
