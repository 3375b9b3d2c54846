import type { SourceNode } from '../../../definition/index.ts'
import { defineRule, type ReportFinding } from '../../rule.ts'
import { mapsOf, memberOf, textOf } from '../../view/read-tree.ts'

function checkNames(
  named: readonly { readonly name: string; readonly node: SourceNode }[],
  thing: string,
  report: ReportFinding,
): void {
  const seen = new Map<string, SourceNode>()
  for (const { name, node } of named) {
    const first = seen.get(name)
    if (first === undefined) seen.set(name, node)
    else
      report(node, {
        message: `The ${thing} "${name}" is declared twice.`,
        related: [{ message: 'First declared here.', at: first }],
      })
  }
}

/** One of the two is lost without a word. */
export const duplicateName = defineRule({
  code: 'lint/duplicate-name',
  severity: 'error',
  title: 'Two inputs or fields of one name',
  why: 'All inputs of an action share one map, and so do the credentials of a method: the second one hides the first.',
  remedy: 'Rename one of them, and the expressions that read it.',
  bad: {
    part: 'action',
    yaml: 'inputs:\n  - {name: id, type: string, in: path, required: true, description: Id of the person.}\n  - {name: id, type: number, in: query, description: Id of the team.}',
  },
  good: {
    part: 'action',
    yaml: 'inputs:\n  - {name: id, type: string, in: path, required: true, description: Id of the person.}\n  - {name: team_id, type: number, in: query, description: Id of the team.}',
  },
  visit: {
    action({ inputs }, report) {
      checkNames(
        inputs.map(({ name, nameNode }) => ({ name, node: nameNode })),
        'input',
        report,
      )
    },
    input({ properties }, report) {
      checkNames(
        properties.map(({ name, nameNode }) => ({ name, node: nameNode })),
        'property',
        report,
      )
    },
    method({ fields, map }, report) {
      const environments = mapsOf(memberOf(map, 'environments')).flatMap((item) => {
        const node = memberOf(item, 'key')
        return node === undefined ? [] : [{ name: textOf(node) ?? '', node }]
      })
      checkNames(environments, 'environment', report)
      checkNames(
        fields.map(({ key, keyNode }) => ({ name: key, node: keyNode })),
        'field',
        report,
      )
    },
  },
})
