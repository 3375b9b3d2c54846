import { nearestName } from '../../../errors/index.ts'
import { replaceSpan } from '../../edit-text.ts'
import { outputKeys, snapshotKeys } from '../../knowledge/state-roots.ts'
import { defineRule } from '../../rule.ts'
import { isWritten, spanOfSegment } from '../../span-of-segment.ts'
import { memberOf } from '../../view/read-tree.ts'

export const unknownOutput = defineRule({
  code: 'lint/unknown-output',
  severity: 'error',
  title: 'A part of a step that no step has',
  why: 'A step leaves `output`, `successful`, `skipped`, `message` and `errors`; its function says what is in `output`. Anything else is never there.',
  remedy: 'Read `output.data`, or another key that the step function gives.',
  bad: { part: 'action', yaml: 'result:\n  data: $.steps.read.outptu.data' },
  good: { part: 'action', yaml: 'result:\n  data: $.steps.read.output.data' },
  visit: {
    expression(expression, report) {
      const { compiled, action, scope } = expression
      if (action === undefined || scope === 'body' || scope === 'error') return
      for (const read of compiled?.reads ?? []) {
        const [root, id, part, key] = read.segments
        if (root !== 'steps' || typeof part !== 'string') continue
        const step = action.steps.find((one) => one.id === id)
        if (step === undefined) continue
        const functionName = step.calls.length === 1 ? (step.calls[0]?.functionName ?? '') : ''
        const own = Object.hasOwn(outputKeys, functionName) ? outputKeys[functionName] : undefined
        const inPieces = memberOf(step.extension, 'chunks') !== undefined
        const keys = inPieces ? [...(own ?? []), 'bytes', 'chunks'] : own
        const [index, name, known] = !snapshotKeys.includes(part)
          ? ([2, part, snapshotKeys] as const)
          : part === 'output' && typeof key === 'string' && keys !== undefined && !keys.includes(key)
            ? ([3, key, keys] as const)
            : []
        if (index === undefined) continue
        const meant = nearestName(name, known)
        const at = spanOfSegment(expression, read, index)
        report(at, {
          message:
            index === 2 ? `A step leaves no "${name}".` : `The output of ${functionName} has no "${name}".`,
          hint: meant === undefined ? `There are: ${known.join(', ')}.` : `Did you mean \`${meant}\`?`,
          fix:
            meant === undefined || !isWritten(expression, read, index)
              ? undefined
              : replaceSpan(`Write ${meant}`, at, meant),
        })
      }
    },
  },
})
