import type { SourceScalar } from '../../../definition/index.ts'
import { nearestName } from '../../../errors/index.ts'
import { defineRule } from '../../rule.ts'
import { mappingsOf } from '../../view/mapping-view.ts'

/** A list and a get of the same records map them alike. */
export const mappingDiffers = defineRule({
  code: 'lint/mapping-differs',
  severity: 'warning',
  title: 'A mapping that is nearly the one of another action',
  why: 'Actions of one connector read the same records. Where a field is mapped in two of them from names that differ by a letter, one of the two reads nothing.',
  remedy:
    'Correct the name in one of them; where both are right, disable this rule at the line, with that as the reason.',
  bad: { part: 'connector', yaml: twoMappings('$.workPhone', '$.workPhoen') },
  good: { part: 'connector', yaml: twoMappings('$.workPhone', '$.workPhone') },
  visit: {
    connector({ actions }, report) {
      const known = new Map<string, SourceScalar[]>()
      for (const action of actions) {
        for (const { target, expression, nested } of mappingsOf(action)) {
          if (expression === undefined || nested || typeof expression.value !== 'string') continue
          const others = known.get(target) ?? []
          const value = expression.value
          const twin = others.find((other) => other.value !== value && isNear(String(other.value), value))
          if (twin !== undefined && !others.some((other) => other.value === value))
            report(expression, {
              message: `"${target}" is mapped from ${value} here, and from ${String(twin.value)} elsewhere.`,
              related: [{ message: 'The other one.', at: twin }],
            })
          known.set(target, [...others, expression])
        }
      }
    },
  },
})

function isNear(one: string, other: string): boolean {
  return (
    Math.abs(one.length - other.length) <= 1 &&
    one.toLowerCase() !== other.toLowerCase() &&
    nearestName(one.slice(0, 60), [other.slice(0, 60)]) !== undefined &&
    changedLetters(one, other) <= 2
  )
}

function changedLetters(one: string, other: string): number {
  let start = 0
  while (start < one.length && one[start] === other[start]) start += 1
  let end = 0
  while (end < one.length - start && end < other.length - start && one.at(-1 - end) === other.at(-1 - end))
    end += 1
  return Math.max(one.length, other.length) - start - end
}

function twoMappings(one: string, other: string): string {
  const action = (id: string, expression: string) =>
    `  - actionId: ${id}\n    steps:\n      - stepId: read\n        stepFunction: {functionName: request, parameters: {url: /me, method: get}}\n      - stepId: map\n        stepFunction:\n          functionName: map_fields\n          version: "2"\n          parameters: {dataSource: $.steps.read.output.data, fields: [{targetFieldKey: phone, type: string, expression: ${expression}}]}\n    result: {data: $.steps.map.output.data}`
  return `actions:\n${action('list_people', one)}\n${action('get_boss', other)}`
}
