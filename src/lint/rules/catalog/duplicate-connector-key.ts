import type { SourceNode } from '../../../definition/index.ts'
import { defineRule } from '../../rule.ts'
import { memberOf } from '../../view/read-tree.ts'

export const duplicateConnectorKey = defineRule({
  code: 'lint/duplicate-connector-key',
  severity: 'error',
  title: 'Two connectors of one key',
  why: 'The key is the name by which accounts and tools find their connector: the second one hides the first.',
  remedy: 'Give one of them another key.',
  bad: {
    part: 'connector',
    yaml: 'info: {title: Acme, key: acme, version: 1.0.0}',
    other: 'info: {title: Acme Two, key: acme, version: 1.0.0}',
  },
  good: {
    part: 'connector',
    yaml: 'info: {title: Acme, key: acme, version: 1.0.0}',
    other: 'info: {title: Acme Two, key: acme_two, version: 1.0.0}',
  },
  visit: {
    catalog(connectors, report) {
      const seen = new Map<string, SourceNode>()
      for (const { key, info, root } of connectors) {
        const node = memberOf(info, 'key') ?? root
        const first = seen.get(key)
        if (first === undefined) seen.set(key, node)
        else if (key !== '')
          report(node, {
            message: `The key "${key}" is taken by another connector.`,
            related: [{ message: 'The other one.', at: first }],
          })
      }
    },
  },
})
