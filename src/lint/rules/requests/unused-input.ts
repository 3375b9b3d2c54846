import { nearestName } from '../../../errors/index.ts'
import { defineRule } from '../../rule.ts'
import type { ActionView } from '../../view/connector-view.ts'
import { mapsOf, memberAt, memberOf, textOf, textsOf } from '../../view/read-tree.ts'

export const unusedInput = defineRule({
  code: 'lint/unused-input',
  severity: 'warning',
  title: 'An input that is never used',
  why: 'Callers give it and nothing happens: a filter does not filter, a path parameter never reaches the path.',
  remedy: 'Send it (in the URL for `in: path`, as an argument otherwise), or remove it.',
  bad: {
    part: 'action',
    yaml: 'inputs:\n  - {name: person_id, type: string, in: path, required: true, description: Id of the person.}\n  - {name: team, type: string, in: query, description: Name of the team.}',
  },
  good: {
    part: 'action',
    yaml: 'inputs:\n  - {name: person_id, type: string, in: path, required: true, description: Id of the person.}',
  },
  visit: {
    action(action, report) {
      if (action.inputs.length === 0) return
      const reads = action.expressions
        .flatMap(({ compiled }) => compiled?.reads ?? [])
        .filter(({ segments }) => segments[0] === 'inputs')
      // The whole of the inputs is passed on.
      if (reads.some(({ segments }) => segments.length === 1)) return
      const used = new Set(reads.map(({ segments }) => segments[1]))
      const ruled = rulesAndPages(action)
      for (const { name, nameNode, in: where } of action.inputs) {
        if (used.has(name) || ruled.has(name)) continue
        const meant = nearestName(name, [...used].map(String))
        // An expression that reads it under a misspelt name is a finding of its own.
        const misspelt = meant !== undefined && !action.inputs.some((input) => input.name === meant)
        if (misspelt) continue
        report(nameNode, {
          message:
            where === 'path'
              ? `The path input "${name}" is in no URL of the action.`
              : `The input "${name}" is never used.`,
        })
      }
    },
  },
})

/** Inputs that the engine reads by itself. */
function rulesAndPages(action: ActionView): ReadonlySet<string> {
  const names = new Set<string>()
  for (const { calls, extension } of action.steps) {
    const paging = memberOf(extension, 'paging')
    if (paging !== undefined) {
      names.add(textOf(memberOf(paging, 'pageSizeInput')) ?? 'page_size')
      names.add(textOf(memberOf(paging, 'cursorInput')) ?? 'cursor')
    }
    if (calls.some(({ functionName }) => functionName.includes('paginated')))
      for (const name of ['page_size', 'cursor']) names.add(name)
  }
  for (const rule of mapsOf(memberOf(action.map, 'validationRules')))
    if (textOf(memberOf(rule, 'rule')) === 'requiredIf')
      for (const node of textsOf(memberAt(rule, 'condition', 'field'))) names.add(textOf(node) ?? '')
  if (memberOf(action.map, 'dataSync') !== undefined || memberOf(action.map, 'cursor') !== undefined)
    for (const name of ['page_size', 'cursor']) names.add(name)
  return names
}
