import { nearestName } from '../../../errors/index.ts'
import { defineRule } from '../../rule.ts'
import { asMap, memberOf, textOf, textsOf } from '../../view/read-tree.ts'

export const unknownScope = defineRule({
  code: 'lint/unknown-scope',
  severity: 'warning',
  title: 'A scope that is not defined',
  why: 'Where a connector defines its scopes, an action that asks for another one asks for something no account is ever granted.',
  remedy: 'Correct the name, or define the scope under `scopeDefinitions`.',
  bad: {
    part: 'connector',
    yaml: 'scopeDefinitions:\n  people.read: {description: Read people}\nactions:\n  - actionId: list_people\n    requiredScopes: people.raed\n    steps:\n      - stepId: list\n        stepFunction: {functionName: request, parameters: {url: /people, method: get}}',
  },
  good: {
    part: 'connector',
    yaml: 'scopeDefinitions:\n  people.read: {description: Read people}\nactions:\n  - actionId: list_people\n    requiredScopes: people.read\n    steps:\n      - stepId: list\n        stepFunction: {functionName: request, parameters: {url: /people, method: get}}',
  },
  visit: {
    action({ map, connector }, report) {
      const defined = asMap(memberOf(connector.root, 'scopeDefinitions'))?.entries.map(({ name }) => name)
      if (defined === undefined) return
      for (const node of textsOf(memberOf(map, 'requiredScopes'))) {
        for (const scope of (textOf(node) ?? '').split(/\s+/)) {
          if (scope === '' || defined.includes(scope)) continue
          const meant = nearestName(scope, defined)
          report(node, {
            message: `The scope "${scope}" is not defined.`,
            hint: meant === undefined ? undefined : `Did you mean \`${meant}\`?`,
          })
        }
      }
    },
  },
})
