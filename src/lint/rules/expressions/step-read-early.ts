import { defineRule } from '../../rule.ts'
import { spanOfSegment } from '../../span-of-segment.ts'

export const stepReadEarly = defineRule({
  code: 'lint/step-read-early',
  severity: 'error',
  title: 'A step that is read before it ran',
  why: 'Steps run from top to bottom. What a later step gives, or the step itself, is not there yet.',
  remedy: 'Move the step that is read above the one that reads it.',
  bad: {
    part: 'action',
    yaml: 'steps:\n  - stepId: tags\n    stepFunction:\n      functionName: request\n      parameters: {url: "/tags/${steps.person.output.data.id}", method: get}\n  - stepId: person\n    stepFunction:\n      functionName: request\n      parameters: {url: /me, method: get}',
  },
  good: {
    part: 'action',
    yaml: 'steps:\n  - stepId: person\n    stepFunction:\n      functionName: request\n      parameters: {url: /me, method: get}\n  - stepId: tags\n    stepFunction:\n      functionName: request\n      parameters: {url: "/tags/${steps.person.output.data.id}", method: get}',
  },
  visit: {
    expression(expression, report) {
      const { compiled, action, step, scalar, scope } = expression
      if (action === undefined || step === undefined || scope === 'body' || scope === 'error') return
      for (const read of compiled?.reads ?? []) {
        const target =
          read.segments[0] === 'steps' ? action.steps.find(({ id }) => id === read.segments[1]) : undefined
        if (target === undefined || target.index < step.index) continue
        // Whether a step succeeded is decided when it is done.
        const success = step.map.entries.find(({ name }) => name === 'successCriteria')
        if (target === step && success?.value === scalar) continue
        // Several functions of one step, or pages of one listing, may look back at the step they belong to.
        if (target === step && step.calls.length > 1) continue
        report(spanOfSegment(expression, read, 1), {
          message:
            target === step
              ? `The step "${step.id}" reads its own output.`
              : `The step "${target.id}" runs after "${step.id}", which reads it.`,
          related: [{ message: `"${target.id}" stands here.`, at: target.idNode }],
        })
      }
    },
  },
})
