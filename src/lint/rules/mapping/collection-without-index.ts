import { defineRule } from '../../rule.ts'
import { entryOf, isTrue, memberAt, memberOf } from '../../view/read-tree.ts'

export const collectionWithoutIndex = defineRule({
  code: 'lint/collection-without-index',
  severity: 'info',
  title: 'A collection without the field to index it by',
  why: '`collection: true` alone does nothing: only with `indexField` is a list turned into a map.',
  remedy: 'Give `indexField`, or remove `collection`.',
  bad: { part: 'parameters', yaml: 'url: /people\nmethod: get\nresponse: {collection: true}' },
  good: {
    part: 'parameters',
    yaml: 'url: /people\nmethod: get\nresponse: {collection: true, indexField: id}',
  },
  visit: {
    call({ parameters }, report) {
      const response = memberOf(parameters, 'response')
      const entry = entryOf(response, 'collection')
      if (entry !== undefined && isTrue(entry.value) && memberAt(response, 'indexField') === undefined)
        report(entry.key, { message: '`collection` has no effect without `indexField`.' })
    },
  },
})
