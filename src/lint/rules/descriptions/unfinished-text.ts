import { defineRule } from '../../rule.ts'
import { spanOfText } from '../../span-in.ts'

const marks: readonly (readonly [RegExp, string])[] = [
  [/\b(?:TODO|FIXME|TBD|XXX)\b/, 'a note to its author'],
  [/\blorem ipsum\b/i, 'filler text'],
  [/\[email(?:\s|\u00a0)protected\]/i, 'an address that a web page has hidden'],
  [/\b(?:asdf|foo ?bar)\b/i, 'filler text'],
]

export const unfinishedText = defineRule({
  code: 'lint/unfinished-text',
  severity: 'warning',
  title: 'A text that is not finished',
  why: 'It is shown to customers in forms and guides, and to agents.',
  remedy: 'Write what belongs there.',
  bad: { part: 'action', yaml: 'description: Reads one person. TODO describe the result.' },
  good: { part: 'action', yaml: 'description: Reads one person of the firm by id, with addresses.' },
  visit: {
    prose({ scalar, text }, report) {
      for (const [mark, what] of marks) {
        const found = mark.exec(text)
        if (found !== null) report(spanOfText(scalar, found[0]), { message: `"${found[0]}" is ${what}.` })
      }
    },
  },
})
