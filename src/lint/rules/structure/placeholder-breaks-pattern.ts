import { patternEngine } from '../../../patterns/index.ts'
import { defineRule } from '../../rule.ts'
import { asScalar, memberAt, memberOf, textOf } from '../../view/read-tree.ts'

/** The placeholder is the one value of the right form that a definition holds: it tests the pattern. */
export const placeholderBreaksPattern = defineRule({
  code: 'lint/placeholder-breaks-pattern',
  severity: 'warning',
  title: 'A placeholder that the field itself refuses',
  why: 'The placeholder shows people what to type. Where the pattern refuses it, either the example or the pattern is wrong.',
  remedy: 'Show a value that the pattern takes, or mend the pattern.',
  bad: {
    part: 'field',
    yaml: "key: subdomain\nlabel: Subdomain\ntype: text\nplaceholder: ACME\nvalidation:\n  pattern: '^[a-z]+$'",
  },
  good: {
    part: 'field',
    yaml: "key: subdomain\nlabel: Subdomain\ntype: text\nplaceholder: acme\nvalidation:\n  pattern: '^[a-z]+$'",
  },
  visit: {
    field({ map, key }, report) {
      const node = asScalar(memberOf(map, 'placeholder'))
      const patternNode = asScalar(memberAt(map, 'validation', 'pattern'))
      const pattern = textOf(patternNode)
      const placeholder = textOf(node)
      if (
        node === undefined ||
        patternNode === undefined ||
        pattern === undefined ||
        placeholder === undefined
      )
        return
      // A sentence is an instruction, not an example; but a pattern that takes any text must take it too.
      const takesAnything = /\s/.test(placeholder) && !/^\^\[\^/.test(pattern)
      if (takesAnything || matches(pattern, placeholder) !== false) return
      report(patternNode, {
        message: `The placeholder "${placeholder}" of "${key}" does not match the pattern.`,
        related: [{ message: 'The placeholder.', at: node }],
      })
    },
  },
})

function matches(pattern: string, value: string): boolean | undefined {
  try {
    return patternEngine(pattern, 'u').test(value)
  } catch {
    return undefined
  }
}
