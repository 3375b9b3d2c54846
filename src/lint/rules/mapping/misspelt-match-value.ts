import { nearestName } from '../../../errors/index.ts'
import { defineRule } from '../../rule.ts'
import { asScalar, mapsOf, memberAt, memberOf, textOf } from '../../view/read-tree.ts'

const builtIn: Readonly<Record<string, readonly string[]>> = {
  employment_status: ['active', 'inactive', 'terminated', 'pending', 'leave'],
  employment_type: ['full_time', 'part_time', 'contractor', 'intern', 'temporary'],
  gender: ['male', 'female', 'non_binary', 'other', 'prefer_not_to_say', 'not_disclosed'],
  marital_status: ['single', 'married', 'divorced', 'widowed', 'domestic_partnership'],
}

export const misspeltMatchValue = defineRule({
  code: 'lint/misspelt-match-value',
  severity: 'warning',
  title: 'An enum value that is nearly a known one',
  why: 'Readers of a unified field compare with its known values: one that is a letter off matches none of them.',
  remedy: 'Correct the value.',
  bad: {
    part: 'action',
    yaml: 'fieldConfigs:\n  - targetFieldKey: employment_status\n    type: enum\n    expression: $.status\n    enumMapper:\n      matcher: [{matchExpression: \'{{$.status == "on"}}\', value: actve}]',
  },
  good: {
    part: 'action',
    yaml: 'fieldConfigs:\n  - targetFieldKey: employment_status\n    type: enum\n    expression: $.status\n    enumMapper:\n      matcher: [{matchExpression: \'{{$.status == "on"}}\', value: active}]',
  },
  visit: {
    mapping({ map, target }, report) {
      const known = Object.hasOwn(builtIn, target) ? (builtIn[target] ?? []) : []
      for (const match of mapsOf(memberAt(map, 'enumMapper', 'matcher'))) {
        const node = asScalar(memberOf(match, 'value'))
        const value = textOf(node) ?? ''
        const meant = known.includes(value) ? undefined : nearestName(value, known)
        if (node !== undefined && meant !== undefined)
          report(node, {
            message: `"${value}" is not a value of ${target}.`,
            hint: `Did you mean \`${meant}\`?`,
          })
      }
    },
  },
})
