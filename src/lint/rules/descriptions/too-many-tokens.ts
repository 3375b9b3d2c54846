import { defineRule } from '../../rule.ts'
import type { ActionView, InputView } from '../../view/connector-view.ts'
import { memberAt, memberOf, textOf, textsOf } from '../../view/read-tree.ts'

/** English text has some four characters a token, whatever the model. */
const charactersPerToken = 4
const budget = 1500

export const tooManyTokens = defineRule({
  code: 'lint/too-many-tokens',
  severity: 'warning',
  title: 'A tool that fills the context of an agent',
  why: 'Every tool that an agent can see is sent with each of its turns. One above 1,500 tokens crowds out the conversation, and costs on every turn.',
  remedy:
    'Say in `description` what is needed to choose; leave the rest to `resources`, or split the action.',
  bad: {
    part: 'action',
    yaml: `description: ${'Reads one person of the firm, and everything else that is known. '.repeat(100).trim()}`,
  },
  good: {
    part: 'action',
    yaml: 'description: Reads one person of the firm by id, with addresses and positions.',
  },
  visit: {
    action(action, report) {
      if (action.flow !== 'action') return
      const tokens = Math.ceil(charactersOf(action) / charactersPerToken)
      if (tokens > budget)
        report(action.idNode, {
          message: `"${action.id}" takes about ${tokens} tokens; ${budget} are enough for a tool.`,
        })
    },
  },
})

function charactersOf({ map, id, inputs }: ActionView): number {
  const own = ['label', 'description', 'details'].map((key) => textOf(memberOf(map, key)) ?? '')
  return [id, ...own].join(' ').length + inputs.reduce((sum, input) => sum + inputCharacters(input), 0)
}

function inputCharacters({ name, description = '', map, properties }: InputView): number {
  const values = textsOf(memberAt(map, 'oneOf', 'values')).reduce(
    (sum, node) => sum + (textOf(node) ?? '').length + 3,
    0,
  )
  // Quotes, type and braces of its JSON Schema.
  return (
    name.length +
    description.length +
    values +
    40 +
    properties.reduce((sum, property) => sum + inputCharacters(property), 0)
  )
}
