import { defineRule } from '../../rule.ts'
import { spanIn } from '../../span-in.ts'

export const objectInText = defineRule({
  code: 'lint/object-in-text',
  severity: 'warning',
  title: 'An object or list put into a text',
  why: 'In a text an object reads "[object Object]", and a list is joined with commas.',
  remedy: 'Read one of its properties, or send it whole as `$.inputs.name`.',
  bad: {
    part: 'action',
    yaml: 'inputs:\n  - {name: address, type: object, in: body, required: true, description: Where the person lives.}\nsteps:\n  - stepId: find\n    stepFunction:\n      functionName: request\n      parameters: {url: "/people/${inputs.address}", method: get}',
  },
  good: {
    part: 'action',
    yaml: 'inputs:\n  - {name: address, type: object, in: body, required: true, description: Where the person lives.}\nsteps:\n  - stepId: find\n    stepFunction:\n      functionName: request\n      parameters: {url: "/people/${inputs.address.city}", method: get}',
  },
  visit: {
    expression({ compiled, scalar, action }, report) {
      for (const part of compiled?.template ?? []) {
        if (part.kind !== 'hole') continue
        const name = /^inputs\.([A-Za-z_]\w*)$/.exec(part.source)?.[1]
        const input = action?.inputs.find((one) => one.name === name)
        if (input?.type !== 'object') continue
        report(spanIn(scalar, part.range), {
          message: `The input "${name}" is an object, and reads "[object Object]" in a text.`,
          related: [{ message: 'Declared here.', at: input.nameNode }],
        })
      }
    },
  },
})
