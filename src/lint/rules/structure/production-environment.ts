import { firstLine } from '../../first-line.ts'
import { defineRule } from '../../rule.ts'
import { mapsOf, memberOf, textOf } from '../../view/read-tree.ts'

export const productionEnvironment = defineRule({
  code: 'lint/production-environment',
  severity: 'warning',
  title: 'No environment called production',
  why: 'Accounts are linked to `production` where nobody says otherwise; the format demands it, and without it the first one named is taken.',
  remedy: 'Call the one that real accounts use `production`.',
  bad: { part: 'method', yaml: 'environments:\n  - key: live\n    name: Live' },
  good: { part: 'method', yaml: 'environments:\n  - key: production\n    name: Production' },
  visit: {
    method({ map }, report) {
      const list = memberOf(map, 'environments')
      const environments = mapsOf(list)
      const keys = environments.map((item) => textOf(memberOf(item, 'key')))
      if (list === undefined || environments.length === 0 || keys.includes('production')) return
      report(memberOf(environments[0], 'key') ?? firstLine(list), {
        message: 'None of the environments is called "production".',
      })
    },
  },
})
