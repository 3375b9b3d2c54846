import { defineRule } from '../../rule.ts'
import { memberOf, textOf } from '../../view/read-tree.ts'

export const connectorKeyFormat = defineRule({
  code: 'lint/connector-key-format',
  severity: 'warning',
  title: 'A connector key that is not a plain word',
  why: 'The key starts the name of every tool and never changes again. Capitals, dashes and spaces are refused by clients of tools or have to be quoted everywhere.',
  remedy: 'Use small letters, digits and underscores, starting with a letter.',
  bad: { part: 'connector', yaml: 'info:\n  title: Acme\n  key: Acme-HR\n  version: 1.0.0' },
  good: { part: 'connector', yaml: 'info:\n  title: Acme\n  key: acme_hr\n  version: 1.0.0' },
  visit: {
    connector({ info, key }, report) {
      const node = memberOf(info, 'key')
      if (node === undefined || textOf(node) === undefined || /^[a-z][a-z0-9_]*$/.test(key)) return
      report(node, { message: `The key "${key}" is not a plain word in small letters.` })
    },
  },
})
