import { addEntry, replaceScalar } from '../../edit-text.ts'
import { defineRule } from '../../rule.ts'
import { asScalar, memberAt, memberOf, textOf } from '../../view/read-tree.ts'

export const previewOn = defineRule({
  code: 'lint/preview-on',
  severity: 'error',
  title: 'A guess that is on by default',
  why: 'A request that nobody has seen work (mark D or E) may write something else than it says, or nothing. Such an action belongs to the stage `preview`, which only runs where the caller allows it.',
  remedy: 'Write `stage: preview`, or find better evidence.',
  bad: {
    part: 'action',
    yaml: 'x-mainspring:\n  stage: stable\n  evidence: {request: E, source: Inferred from the naming pattern}',
  },
  good: {
    part: 'action',
    yaml: 'x-mainspring:\n  stage: preview\n  evidence: {request: E, source: Inferred from the naming pattern}',
  },
  visit: {
    action({ extension, id, map }, report) {
      const mark = memberAt(extension, 'evidence', 'request')
      if (extension === undefined || mark === undefined || !['D', 'E'].includes(textOf(mark) ?? '')) return
      const stage = asScalar(memberOf(extension, 'stage'))
      const value = textOf(stage) ?? textOf(memberOf(map, 'releaseStage')) ?? 'stable'
      if (value === 'preview') return
      report(stage ?? mark, {
        message: `"${id}" rests on evidence ${textOf(mark)} and is ${stage === undefined ? 'on by default' : value}.`,
        related: stage === undefined ? undefined : [{ message: 'The evidence.', at: mark }],
        fix:
          stage === undefined
            ? addEntry('Make it a preview', extension, 'stage', 'preview')
            : replaceScalar('Make it a preview', stage, 'preview'),
      })
    },
  },
})
