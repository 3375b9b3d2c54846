import { findInvisible, isPlainText } from '../../knowledge/instructions.ts'
import { defineRule } from '../../rule.ts'
import { spanIn } from '../../span-in.ts'

export const invisibleCharacters = defineRule({
  code: 'lint/invisible-characters',
  severity: 'error',
  title: 'Characters that nobody sees',
  why: 'Zero-width characters, direction marks and tags hide text from the reviewer that a model still reads, or make names differ that look the same.',
  remedy: 'Remove the character; write it as an escape where it is meant.',
  bad: { part: 'action', yaml: 'description: "Reads one person of the firm\\u200b by id, with addresses."' },
  good: { part: 'action', yaml: 'description: Reads one person of the firm by id, with addresses.' },
  visit: {
    prose({ scalar, text }, report) {
      const found = isPlainText(text) ? undefined : findInvisible(text)
      if (found === undefined) return
      const { index, character } = found
      const code = (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')
      report(spanIn(scalar, { start: index, end: index + character.length }), {
        message: `The text holds the invisible character U+${code}.`,
      })
    },
    expression({ scalar, text }, report) {
      if (!isPlainText(text) && findInvisible(text) !== undefined)
        report(scalar, { message: 'The value holds an invisible character.' })
    },
  },
})
