import { defineRule } from '../../rule.ts'
import { asScalar, mapsOf, memberAt, memberOf, textOf } from '../../view/read-tree.ts'

export const unreachableMatch = defineRule({
  code: 'lint/unreachable-match',
  severity: 'warning',
  title: 'A match that never decides',
  why: 'The first match that holds wins. One with the same condition as one above is never reached; one about another field than the mapped one mostly was copied.',
  remedy: 'Write the condition that was meant, or remove the match.',
  bad: {
    part: 'action',
    yaml: 'fieldConfigs:\n  - targetFieldKey: status\n    type: enum\n    expression: $.status\n    enumMapper:\n      matcher:\n        - {matchExpression: \'{{$.status == "on"}}\', value: active}\n        - {matchExpression: \'{{$.status == "on"}}\', value: inactive}',
  },
  good: {
    part: 'action',
    yaml: 'fieldConfigs:\n  - targetFieldKey: status\n    type: enum\n    expression: $.status\n    enumMapper:\n      matcher:\n        - {matchExpression: \'{{$.status == "on"}}\', value: active}\n        - {matchExpression: \'{{$.status == "off"}}\', value: inactive}',
  },
  visit: {
    mapping({ map, expression }, report) {
      const matches = mapsOf(memberAt(map, 'enumMapper', 'matcher')).map((match) =>
        asScalar(memberOf(match, 'matchExpression')),
      )
      const source = /^\$\.([\w.]+)$/.exec(textOf(expression) ?? '')?.[1]
      const roots = matches.map((node) => /\$\.([\w.]+)/.exec(textOf(node) ?? '')?.[1])
      for (const [index, node] of matches.entries()) {
        const text = textOf(node)
        if (node === undefined || text === undefined) continue
        const first = matches
          .slice(0, index)
          .find((other) => textOf(other)?.replaceAll(/\s/g, '') === text.replaceAll(/\s/g, ''))
        if (first !== undefined)
          report(node, {
            message: 'This condition stands above already, and is never reached.',
            related: [{ message: 'The first one.', at: first }],
          })
        const root = roots[index]
        const usual = roots.filter((other) => other === source).length
        if (
          source !== undefined &&
          root !== undefined &&
          root !== source &&
          usual >= 2 &&
          usual === roots.length - 1
        )
          report(node, {
            message: `This match reads "${root}", and the others "${source}".`,
            related:
              expression === undefined ? undefined : [{ message: 'The mapped field.', at: expression }],
          })
      }
    },
  },
})
