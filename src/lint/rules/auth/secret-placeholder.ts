import { findCredential, looksRandom } from '../../knowledge/secrets.ts'
import { defineRule } from '../../rule.ts'
import { spanOfText } from '../../span-in.ts'

export const secretPlaceholder = defineRule({
  code: 'lint/secret-placeholder',
  severity: 'warning',
  title: 'A secret shown as an example',
  why: 'Placeholders and descriptions are public. What looks like a key there often is one, pasted while testing.',
  remedy: 'Show the form with something that is no key: `Paste the API key`.',
  bad: {
    part: 'field',
    yaml: 'key: apiToken\nlabel: API Token\ntype: password\nsecret: true\nplaceholder: 4f9a1c77e0b84d2fa6c3d95b8e21f07a',
  },
  good: {
    part: 'field',
    yaml: 'key: apiToken\nlabel: API Token\ntype: password\nsecret: true\nplaceholder: Paste the API token',
  },
  visit: {
    prose({ scalar, text, kind }, report) {
      const known = findCredential(text)
      const word = known?.match ?? (kind === 'placeholder' ? text.split(/\s+/).find(looksRandom) : undefined)
      if (word !== undefined)
        report(spanOfText(scalar, word), { message: `This looks like ${known?.what ?? 'a real key'}.` })
    },
  },
})
