import { likeness, wordsOfAction } from '../../knowledge/likeness.ts'
import { defineRule } from '../../rule.ts'
import { memberOf, textOf } from '../../view/read-tree.ts'

const tooAlike = 0.95

export const lookAlikeActions = defineRule({
  code: 'lint/look-alike-actions',
  severity: 'warning',
  title: 'Two actions that cannot be told apart',
  why: 'An agent that sees two tools with the same words picks either. Where one reads and the other deletes, that matters.',
  remedy: 'Say in both what the other one does not do.',
  bad: {
    part: 'connector',
    yaml: 'actions:\n  - actionId: list_people\n    label: List People\n    description: Lists the people of the firm.\n    steps:\n      - stepId: list\n        stepFunction: {functionName: request, parameters: {url: /people, method: get}}\n  - actionId: list_persons\n    label: List People\n    description: Lists people of the firm.\n    steps:\n      - stepId: list\n        stepFunction: {functionName: request, parameters: {url: /persons, method: get}}',
  },
  good: {
    part: 'connector',
    yaml: 'actions:\n  - actionId: list_people\n    label: List People\n    description: Lists the people of the firm.\n    steps:\n      - stepId: list\n        stepFunction: {functionName: request, parameters: {url: /people, method: get}}\n  - actionId: list_former_people\n    label: List Former People\n    description: Lists those who have left the firm, with their last day.\n    steps:\n      - stepId: list\n        stepFunction: {functionName: request, parameters: {url: /persons, method: get}}',
  },
  visit: {
    connector({ actions }, report) {
      const known = actions.map((action) => ({
        action,
        words: wordsOfAction(action),
        label: textOf(memberOf(action.map, 'label'))?.toLowerCase(),
      }))
      for (const [index, one] of known.entries()) {
        const twin = known
          .slice(0, index)
          .find(
            (other) =>
              (one.label !== undefined && one.label === other.label) ||
              (one.words.size >= 4 && likeness(one.words, other.words, tooAlike) >= tooAlike),
          )
        if (twin === undefined) continue
        report(memberOf(one.action.map, 'label') ?? one.action.idNode, {
          message: `"${one.action.id}" reads like "${twin.action.id}".`,
          related: [
            { message: 'The other one.', at: memberOf(twin.action.map, 'label') ?? twin.action.idNode },
          ],
        })
      }
    },
  },
})
