import { defineRule } from '../../rule.ts'
import { memberOf, textOf } from '../../view/read-tree.ts'

const meaning: Readonly<Record<string, string>> = { ga: 'stable', beta: 'beta', preview: 'preview' }

export const stageConflict = defineRule({
  code: 'lint/stage-conflict',
  severity: 'warning',
  title: 'Two stages that differ',
  why: '`releaseStage` is what plain readers of the format see, `x-mainspring.stage` what this engine goes by. Where they differ, an action is off for one and on for the other.',
  remedy: 'Write the same stage in both (`ga` is `stable`), or one of them alone.',
  bad: { part: 'action', yaml: 'releaseStage: ga\nx-mainspring:\n  stage: preview' },
  good: { part: 'action', yaml: 'releaseStage: preview\nx-mainspring:\n  stage: preview' },
  visit: {
    action({ extension, map }, report) {
      const own = memberOf(extension, 'stage')
      const plain = memberOf(map, 'releaseStage')
      const said = meaning[textOf(plain) ?? '']
      if (own !== undefined && plain !== undefined && said !== undefined && said !== textOf(own))
        report(own, {
          message: `The stage is ${textOf(own)} here and ${textOf(plain)} in \`releaseStage\`.`,
          related: [{ message: 'The other one.', at: plain }],
        })
    },
  },
})
