import type { SourceScalar } from '../../../definition/index.ts'
import { nearestName } from '../../../errors/index.ts'
import { replaceScalar } from '../../edit-text.ts'
import { defineRule } from '../../rule.ts'
import type { ConnectorView } from '../../view/connector-view.ts'
import { asScalar, memberAt, memberOf, textOf, textsOf } from '../../view/read-tree.ts'

const often = 3

/** Values of the same kind of place repeat through a connector: one that is nearly another was probably meant to be it. */
export const oneOfAKind = defineRule({
  code: 'lint/one-of-a-kind',
  severity: 'warning',
  title: 'A value that is nearly one used everywhere else',
  why: 'Categories, tags, schemas and the keys of responses repeat through a connector. A slip in one of them files an action where nobody looks, or reads nothing.',
  remedy: 'Correct the value; where both are meant, disable this rule at the line, with that as the reason.',
  bad: {
    part: 'connector',
    yaml: `actions:\n${['hris', 'hris', 'hris', 'hirs'].map((category, index) => `  - actionId: get_${index}\n    categories: [${category}]\n    steps:\n      - stepId: get\n        stepFunction: {functionName: request, parameters: {url: /me, method: get}}`).join('\n')}`,
  },
  good: {
    part: 'connector',
    yaml: `actions:\n${['hris', 'hris', 'hris', 'ats'].map((category, index) => `  - actionId: get_${index}\n    categories: [${category}]\n    steps:\n      - stepId: get\n        stepFunction: {functionName: request, parameters: {url: /me, method: get}}`).join('\n')}`,
  },
  visit: {
    connector(connector, report) {
      for (const [kind, nodes] of Map.groupBy(collect(connector), ([where]) => where)) {
        const counts = new Map<string, number>()
        for (const [, node] of nodes)
          counts.set(textOf(node) ?? '', (counts.get(textOf(node) ?? '') ?? 0) + 1)
        const common = [...counts].filter(([, count]) => count >= often).map(([value]) => value)
        for (const [, node] of nodes) {
          const value = textOf(node) ?? ''
          if (counts.get(value) !== 1 || value.length < 3) continue
          const meant = nearestName(value, common)
          if (meant === undefined || plural(meant) === plural(value)) continue
          const other = nodes.find(([, one]) => textOf(one) === meant)?.[1]
          report(node, {
            message: `The ${kind} "${value}" stands here only, and "${meant}" ${counts.get(meant)} times.`,
            hint: `Did you mean \`${meant}\`?`,
            related: other === undefined ? undefined : [{ message: `"${meant}" stands here.`, at: other }],
            fix: replaceScalar(`Write ${meant}`, node, meant),
          })
        }
      }
    },
  },
})

function collect({ actions }: ConnectorView): readonly (readonly [string, SourceScalar])[] {
  const found: (readonly [string, SourceScalar])[] = []
  const add = (kind: string, node: SourceScalar | undefined): void => {
    if (node !== undefined && typeof node.value === 'string' && !node.value.includes('$'))
      found.push([kind, node])
  }
  for (const { map, steps } of actions) {
    for (const node of textsOf(memberOf(map, 'categories'))) add('category', node)
    for (const node of textsOf(memberOf(map, 'tags'))) add('tag', node)
    add('schema', asScalar(memberOf(map, 'schema')))
    for (const call of steps.flatMap(({ calls }) => calls)) {
      add('response key', asScalar(memberAt(call.parameters, 'response', 'dataKey')))
      add('key of the next page', asScalar(memberAt(call.parameters, 'response', 'nextKey')))
      for (const arg of call.args) {
        add(`argument in ${arg.in}`, asScalar(arg.nameNode))
        if (arg.in === 'headers') add(`value of ${arg.name}`, asScalar(arg.value))
      }
    }
  }
  return found
}

function plural(word: string): string {
  return word
    .toLowerCase()
    .replaceAll(/[_-]/g, '')
    .replace(/(?:ies|y)$/, 'y')
    .replace(/e?s$/, '')
}
