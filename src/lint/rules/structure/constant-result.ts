import { isWrite, requestsOf } from '../../knowledge/effects.ts'
import { defineRule } from '../../rule.ts'
import { entryOf } from '../../view/read-tree.ts'

export const constantResult = defineRule({
  code: 'lint/constant-result',
  severity: 'warning',
  title: 'A result that reads no step',
  why: 'The action asks the provider and then gives something that its answer cannot change.',
  remedy: 'Read the output of a step: `$.steps.<id>.output.data`.',
  bad: { part: 'action', yaml: 'result:\n  data: done' },
  good: { part: 'action', yaml: 'result:\n  data: $.steps.read.output.data' },
  visit: {
    action(action, report) {
      const { result, expressions, flow } = action
      const data = entryOf(result, 'data')
      const requests = requestsOf(action)
      if (data === undefined || flow !== 'action' || requests.length === 0) return
      // A write may have nothing to give but that it was done.
      if (requests.every((call) => isWrite(call) && action.type !== 'list' && action.type !== 'get')) return
      const within = ({ start, end, file }: { start: number; end: number; file: unknown }) =>
        file === data.value.file && start >= data.value.start && end <= data.value.end
      const reads = expressions.some(
        ({ place, scalar, compiled }) =>
          place === 'result' && within(scalar) && (compiled === undefined || compiled.reads.length > 0),
      )
      if (!reads)
        report(data.value.start === data.value.end ? data.key : data.value, {
          message: `The result of "${action.id}" is the same whatever the provider answers.`,
        })
    },
  },
})
