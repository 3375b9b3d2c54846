import { addEntry, replaceScalar } from '../../edit-text.ts'
import { defineRule } from '../../rule.ts'
import { asScalar, memberOf, textOf } from '../../view/read-tree.ts'

const gated: Readonly<Record<string, readonly string[]>> = {
  map_fields: ['fields', 'dataSource', 'externalSources'],
  typecast: ['fields', 'dataSource'],
}

export const versionGated = defineRule({
  code: 'lint/version-gated',
  severity: 'error',
  title: 'A parameter of version 2 without the version',
  why: 'Without `version: "2"` the first version of the step function runs. It does not know these parameters: the step succeeds and gives nothing.',
  remedy: 'Write `version: "2"`.',
  bad: {
    part: 'step',
    yaml: 'stepId: map\nstepFunction:\n  functionName: map_fields\n  parameters:\n    dataSource: $.steps.read.output.data\n    fields: [{targetFieldKey: id, type: string, expression: $.id}]',
  },
  good: {
    part: 'step',
    yaml: 'stepId: map\nstepFunction:\n  functionName: map_fields\n  version: "2"\n  parameters:\n    dataSource: $.steps.read.output.data\n    fields: [{targetFieldKey: id, type: string, expression: $.id}]',
  },
  visit: {
    call({ functionName, version, parameters, map, step }, report) {
      const keys = Object.hasOwn(gated, functionName) ? (gated[functionName] ?? []) : []
      const used = parameters?.entries.find(({ name }) => keys.includes(name))
      if (used === undefined || version === '2') return
      const node = asScalar(memberOf(map, 'version'))
      if (node !== undefined && textOf(node) !== '1') return
      report(node ?? memberOf(map, 'functionName') ?? map, {
        message: `The step "${step.id}" gives \`${used.name}\`, which ${functionName} knows from version 2 on.`,
        related: [{ message: 'The parameter.', at: used.key }],
        fix:
          node === undefined
            ? addEntry('Ask for version 2', map, 'version', '"2"')
            : replaceScalar('Ask for version 2', node, '2'),
      })
    },
  },
})
