import type { SourceScalar } from '../../../definition/index.ts'
import { defineRule } from '../../rule.ts'
import { memberAt, memberOf, textOf, textsOf } from '../../view/read-tree.ts'

/** A list of names in which one stands twice was probably meant to name something else. */
export const duplicateEnumValue = defineRule({
  code: 'lint/duplicate-enum-value',
  severity: 'warning',
  title: 'A value that stands twice in a list',
  why: 'The second one has no effect; mostly another value was meant, and is now refused.',
  remedy: 'Remove it, or write the value that was meant.',
  bad: {
    part: 'input',
    yaml: 'name: order\ntype: enum\nin: query\ndescription: Which end comes first.\noneOf:\n  values: [asc, asc]',
  },
  good: {
    part: 'input',
    yaml: 'name: order\ntype: enum\nin: query\ndescription: Which end comes first.\noneOf:\n  values: [asc, desc]',
  },
  visit: {
    input({ map }, report) {
      reportTwice(textsOf(memberAt(map, 'oneOf', 'values')), report)
    },
    action({ map }, report) {
      reportTwice(textsOf(memberOf(map, 'categories')), report)
      reportTwice(textsOf(memberOf(map, 'tags')), report)
    },
    field({ map }, report) {
      const options = memberOf(map, 'options')
      if (options?.kind !== 'list') return
      reportTwice(
        options.items.flatMap((item) => {
          const value = memberOf(item, 'value')
          return value?.kind === 'scalar' ? [value] : []
        }),
        report,
      )
    },
  },
})

function reportTwice(
  values: readonly SourceScalar[],
  report: Parameters<NonNullable<typeof duplicateEnumValue.visit.input>>[1],
): void {
  const seen = new Map<string, SourceScalar>()
  for (const node of values) {
    const value = textOf(node) ?? ''
    const first = seen.get(value)
    if (first === undefined) seen.set(value, node)
    else
      report(node, {
        message: `"${value}" stands twice in this list.`,
        related: [{ message: 'First written here.', at: first }],
      })
  }
}
