import { nearestName } from '../../../errors/index.ts'
import { replaceSpan } from '../../edit-text.ts'
import { defineRule } from '../../rule.ts'
import { isWritten, spanOfSegment } from '../../span-of-segment.ts'

export const unknownStep = defineRule({
  code: 'lint/unknown-step',
  severity: 'error',
  title: 'An expression that reads a step that does not exist',
  why: 'What it reads is never there; as the result of the action it is an empty success.',
  remedy: 'Name a step of the same action.',
  bad: { part: 'action', yaml: 'result:\n  data: $.steps.red.output.data' },
  good: { part: 'action', yaml: 'result:\n  data: $.steps.read.output.data' },
  visit: {
    expression(expression, report) {
      const { compiled, action, scope } = expression
      if (action === undefined || scope === 'body' || scope === 'error') return
      const ids = action.steps.map(({ id }) => id)
      for (const read of compiled?.reads ?? []) {
        const [root, id] = read.segments
        if ((root !== 'steps' && root !== 'intermediateSteps') || typeof id !== 'string' || ids.includes(id))
          continue
        const meant = nearestName(id, ids)
        const at = spanOfSegment(expression, read, 1)
        const step = action.steps.find((one) => one.id === meant)
        report(at, {
          message: `The action has no step "${id}".`,
          hint: meant === undefined ? `Its steps are: ${ids.join(', ')}.` : `Did you mean \`${meant}\`?`,
          related: step === undefined ? undefined : [{ message: 'The step.', at: step.idNode }],
          fix:
            meant === undefined || !isWritten(expression, read, 1)
              ? undefined
              : replaceSpan(`Write ${meant}`, at, meant),
        })
      }
    },
  },
})
