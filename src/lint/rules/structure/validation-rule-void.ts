import { firstLine } from '../../first-line.ts'
import { defineRule } from '../../rule.ts'
import { mapsOf, memberOf, textOf, textsOf } from '../../view/read-tree.ts'

export const validationRuleVoid = defineRule({
  code: 'lint/validation-rule-void',
  severity: 'warning',
  title: 'A validation rule that decides nothing',
  why: 'A required input is always there: a rule that asks for one of several is then always met, and one that excludes it can never be met.',
  remedy: 'Make the input optional, or remove it from the rule.',
  bad: {
    part: 'action',
    yaml: 'inputs:\n  - {name: id, type: string, in: query, required: true, description: Id.}\n  - {name: mail, type: string, in: query, description: Address.}\nvalidationRules:\n  - rule: mutuallyExclusive\n    fields: [id, mail]',
  },
  good: {
    part: 'action',
    yaml: 'inputs:\n  - {name: id, type: string, in: query, description: Id.}\n  - {name: mail, type: string, in: query, description: Address.}\nvalidationRules:\n  - rule: mutuallyExclusive\n    fields: [id, mail]',
  },
  visit: {
    action({ map, inputs }, report) {
      const required = new Set(inputs.filter((input) => input.required).map(({ name }) => name))
      for (const rule of mapsOf(memberOf(map, 'validationRules'))) {
        const kind = textOf(memberOf(rule, 'rule'))
        const fields = textsOf(memberOf(rule, 'fields'))
        const fixed = fields.find((node) => required.has(textOf(node) ?? ''))
        if (fields.length === 1)
          report(firstLine(rule), {
            message: 'A rule about several inputs names only one.',
            hint: 'Name the others, or remove the rule.',
          })
        else if (fixed !== undefined && (kind === 'atLeastOneOf' || kind === 'mutuallyExclusive'))
          report(fixed, {
            message:
              kind === 'atLeastOneOf'
                ? `"${textOf(fixed)}" is required, so that this rule is always met.`
                : `"${textOf(fixed)}" is required, so that none of the others can ever be given.`,
          })
      }
    },
  },
})
