import { nearestName } from '../../../errors/index.ts'
import { wordsOf } from '../../knowledge/words.ts'
import { defineRule } from '../../rule.ts'
import { memberOf, textOf } from '../../view/read-tree.ts'

/** Both name the same thing; where they differ by a letter, one of them is a slip. */
export const idDiffersFromLabel = defineRule({
  code: 'lint/id-differs-from-label',
  severity: 'warning',
  title: 'An action id that is nearly its label',
  why: 'The id never changes once callers use it. A slip in it is kept for ever.',
  remedy: 'Correct the word in the id, or in the label.',
  bad: { part: 'action', yaml: 'actionId: get_perosn\nlabel: Get Person' },
  good: { part: 'action', yaml: 'actionId: get_person\nlabel: Get Person' },
  visit: {
    action({ id, idNode, map }, report) {
      const label = memberOf(map, 'label')
      const spoken = wordsOf(textOf(label) ?? '')
      const written = wordsOf(id)
      for (const word of written) {
        if (word.length < 4 || spoken.includes(word)) continue
        const meant = nearestName(
          word,
          spoken.filter((one) => !written.includes(one)),
        )
        if (
          label === undefined ||
          meant === undefined ||
          stem(meant) === stem(word) ||
          Math.abs(meant.length - word.length) > 1
        )
          continue
        report(idNode, {
          message: `The id says "${word}", and the label "${meant}".`,
          related: [{ message: 'The label.', at: label }],
        })
      }
    },
  },
})

function stem(word: string): string {
  return word.replace(/(?:ies|y)$/, '').replace(/(?:es|s|ed|d|ing|er)$/, '')
}
