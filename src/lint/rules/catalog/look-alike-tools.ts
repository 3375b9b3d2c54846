import { likeness, wordsOfAction } from '../../knowledge/likeness.ts'
import { contentWords } from '../../knowledge/words.ts'
import { defineRule } from '../../rule.ts'
import type { ActionView } from '../../view/connector-view.ts'
import { memberOf, textOf } from '../../view/read-tree.ts'

const tooAlike = 0.8

export const lookAlikeTools = defineRule({
  code: 'lint/look-alike-tools',
  severity: 'warning',
  title: 'Tools of two connectors that cannot be told apart',
  why: 'Where an agent has both connectors, only the prefix of the name tells the tools apart. It lists the people of the wrong system, and nobody notices.',
  remedy: 'Name the provider in the description: "Lists the people in Acme HR".',
  bad: {
    part: 'connector',
    yaml: 'actions:\n  - actionId: list_people\n    label: List People\n    description: Lists the people of the firm with their positions.\n    steps:\n      - stepId: list\n        stepFunction: {functionName: request, parameters: {url: /people, method: get}}',
    other:
      'info:\n  title: Bolt\n  key: bolt\n  version: 1.0.0\nactions:\n  - actionId: list_people\n    label: List People\n    description: Lists the people of the firm with their positions.\n    steps:\n      - stepId: list\n        stepFunction: {functionName: request, parameters: {url: /people, method: get}}',
  },
  good: {
    part: 'connector',
    yaml: 'actions:\n  - actionId: list_people\n    label: List People\n    description: Lists the people in Acme with their positions.\n    steps:\n      - stepId: list\n        stepFunction: {functionName: request, parameters: {url: /people, method: get}}',
    other:
      'info:\n  title: Bolt\n  key: bolt\n  version: 1.0.0\nactions:\n  - actionId: list_people\n    label: List People\n    description: Lists the people in Bolt with their positions.\n    steps:\n      - stepId: list\n        stepFunction: {functionName: request, parameters: {url: /people, method: get}}',
  },
  visit: {
    catalog(connectors, report) {
      // Only actions of one first word can be alike, which keeps this below the square of all actions.
      const groups = Map.groupBy(
        connectors.flatMap(({ actions }) => actions),
        ({ id }) => contentWords(id).at(-1) ?? id,
      )
      for (const group of groups.values()) {
        const known = group.map((action) => ({ action, words: wordsOfAction(action) }))
        for (const [index, one] of known.entries()) {
          if (namesProvider(one.action)) continue
          const twin = known
            .slice(0, index)
            .find(
              (other) =>
                other.action.connector !== one.action.connector &&
                !namesProvider(other.action) &&
                likeness(one.words, other.words, tooAlike) >= tooAlike,
            )
          if (twin === undefined) continue
          report(one.action.idNode, {
            message: `"${one.action.connector.key}_${one.action.id}" reads like "${twin.action.connector.key}_${twin.action.id}", and neither names its provider.`,
            related: [{ message: 'The other one.', at: twin.action.idNode }],
          })
        }
      }
    },
  },
})

function namesProvider({ map, connector }: ActionView): boolean {
  const text =
    `${textOf(memberOf(map, 'label')) ?? ''} ${textOf(memberOf(map, 'description')) ?? ''}`.toLowerCase()
  const [name = ''] = contentWords(textOf(memberOf(connector.info, 'title')) ?? connector.key)
  return name !== '' && text.includes(name)
}
