import { defineRule } from '../../rule.ts'
import { entryOf } from '../../view/read-tree.ts'

/** Only texts: a bare path that finds nothing is left out here. */
export const optionalSentBare = defineRule({
  code: 'lint/optional-sent-bare',
  severity: 'warning',
  title: 'An optional input in the middle of a text',
  why: 'Where the caller leaves the input out, the hole stays in the text: the provider receives the words "${inputs.name}".',
  remedy: 'Give the argument a condition, `{{present(inputs.name)}}`; or make the input required.',
  bad: {
    part: 'action',
    yaml: "inputs:\n  - {name: name, type: string, in: query, description: Part of a name.}\nsteps:\n  - stepId: find\n    stepFunction:\n      functionName: request\n      parameters:\n        url: /people\n        method: get\n        args:\n          - {name: filter, value: 'name:${inputs.name}', in: query}",
  },
  good: {
    part: 'action',
    yaml: "inputs:\n  - {name: name, type: string, in: query, description: Part of a name.}\nsteps:\n  - stepId: find\n    stepFunction:\n      functionName: request\n      parameters:\n        url: /people\n        method: get\n        args:\n          - {name: filter, value: 'name:${inputs.name}', in: query, condition: '{{present(inputs.name)}}'}",
  },
  visit: {
    expression({ compiled, scalar, action, place, conditional, step }, report) {
      if (compiled?.kind !== 'template' || conditional || action === undefined || action.flow !== 'action')
        return
      if (!['url', 'query', 'header', 'body'].includes(place)) return
      if (step !== undefined && entryOf(step.map, 'condition') !== undefined) return
      for (const part of compiled.template ?? []) {
        if (part.kind !== 'hole') continue
        const name = /^inputs\.([A-Za-z_]\w*)$/.exec(part.source)?.[1]
        const input = action.inputs.find((one) => one.name === name)
        // A path input is spoken of by a rule of its own.
        if (input === undefined || input.required || input.in === 'path') continue
        report(scalar, {
          message: `The input "${input.name}" is optional, and the text has a hole where it is left out.`,
          related: [{ message: 'Declared here.', at: input.nameNode }],
        })
      }
    },
  },
})
