import { defineRule } from '../../rule.ts'
import { spanIn } from '../../span-in.ts'
import { memberOf } from '../../view/read-tree.ts'

export const iteratorOutsideLoop = defineRule({
  code: 'lint/iterator-outside-loop',
  severity: 'error',
  title: 'An item read where nothing is iterated',
  why: '`iterator.item` is the current element of the list that a step iterates over. In a step without `iterator`, and in the result, there is none.',
  remedy: 'Give the step an `iterator`, or read the value from where it is.',
  bad: {
    part: 'step',
    yaml: 'stepId: tag\nstepFunction:\n  functionName: request\n  parameters: {url: "/tags/${iterator.item}", method: get}',
  },
  good: {
    part: 'step',
    yaml: 'stepId: tag\niterator: $.inputs.tags\nstepFunction:\n  functionName: request\n  parameters: {url: "/tags/${iterator.item}", method: get}',
  },
  visit: {
    expression({ compiled, scalar, step, action, scope }, report) {
      if (action === undefined || scope !== 'state') return
      if (step !== undefined && memberOf(step.map, 'iterator') !== undefined) return
      // The pieces of a file are items too.
      if (step !== undefined && memberOf(step.extension, 'chunks') !== undefined) return
      for (const { segments, range } of compiled?.reads ?? []) {
        if (segments[0] !== 'iterator') continue
        report(spanIn(scalar, range), {
          message:
            step === undefined
              ? 'Nothing is iterated here.'
              : `The step "${step.id}" does not iterate over anything.`,
        })
      }
    },
  },
})
