import { wordsOf } from '../../knowledge/words.ts'
import { defineRule } from '../../rule.ts'
import { asScalar, memberOf, textOf } from '../../view/read-tree.ts'

export const shortDescription = defineRule({
  code: 'lint/short-description',
  severity: 'info',
  title: 'A description too short to choose by',
  why: 'An agent sees a hundred tools and picks by their descriptions. Two words do not say what comes back, nor when another tool is the better one.',
  remedy: 'Say what the action does, on what, and what it gives back.',
  bad: { part: 'action', yaml: 'description: Reads people.' },
  good: { part: 'action', yaml: 'description: Reads one person by id, with addresses and positions.' },
  visit: {
    action({ map, id, flow }, report) {
      const node = asScalar(memberOf(map, 'description'))
      const words = wordsOf(textOf(node) ?? '')
      if (node !== undefined && flow === 'action' && words.length > 0 && words.length < 4)
        report(node, {
          message: `The description of "${id}" has ${words.length} word${words.length === 1 ? '' : 's'}.`,
        })
    },
  },
})
