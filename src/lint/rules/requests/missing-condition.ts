import { firstLine } from '../../first-line.ts'
import { lacksKey } from '../../lacks-key.ts'
import { defineRule } from '../../rule.ts'
import type { ArgView } from '../../view/connector-view.ts'
import { asScalar, textOf } from '../../view/read-tree.ts'

const others = 3

export const missingCondition = defineRule({
  code: 'lint/missing-condition',
  severity: 'info',
  title: 'The one optional argument without a condition',
  why: 'Where every other optional argument of a request has a condition, the one without it was forgotten: the original sends the word "undefined" for it.',
  remedy: 'Add `condition: "{{present($.inputs.<name>)}}"`.',
  bad: { part: 'action', yaml: optional([true, true, true, false]) },
  good: { part: 'action', yaml: optional([true, true, true, true]) },
  visit: {
    call({ args, step }, report) {
      const optionals = args.filter((arg) => {
        const name = inputOf(arg)
        return (
          name !== undefined && step.action.inputs.some((input) => input.name === name && !input.required)
        )
      })
      const bare = optionals.filter(
        ({ map, condition }) =>
          condition === undefined && lacksKey(map, 'condition', ['value', 'in', 'name']),
      )
      const [arg] = bare
      if (arg !== undefined && bare.length === 1 && optionals.length > others)
        report(firstLine(arg.map), {
          message: `"${arg.name}" is optional like the others, and has no condition.`,
        })
    },
  },
})

function inputOf({ value }: ArgView): string | undefined {
  return /^\$\.inputs\.(\w+)$/.exec(textOf(asScalar(value)) ?? '')?.[1]
}

function optional(conditions: readonly boolean[]): string {
  const inputs = conditions.map(
    (_, index) => `  - {name: f${index}, type: string, in: query, description: A filter.}`,
  )
  const args = conditions.map(
    (has, index) =>
      `          - {name: f${index}, value: $.inputs.f${index}, in: query${has ? `, condition: '{{present($.inputs.f${index})}}'` : ''}}`,
  )
  return `inputs:\n${inputs.join('\n')}\nsteps:\n  - stepId: read\n    stepFunction:\n      functionName: request\n      parameters:\n        url: /people\n        method: get\n        args:\n${args.join('\n')}`
}
