import { firstLine } from '../../first-line.ts'
import { lacksKey } from '../../lacks-key.ts'
import { defineRule } from '../../rule.ts'
import { memberOf } from '../../view/read-tree.ts'

export const mapWithoutSource = defineRule({
  code: 'lint/map-without-source',
  severity: 'error',
  title: 'A mapping without a source',
  why: 'Without `dataSource` the step succeeds and gives nothing: the action returns an empty success.',
  remedy: 'Give `dataSource` the output of the step before: `$.steps.<id>.output.data`.',
  bad: {
    part: 'step',
    yaml: 'stepId: map\nstepFunction:\n  functionName: map_fields\n  version: "2"\n  parameters:\n    fields: [{targetFieldKey: id, type: string, expression: $.id}]',
  },
  good: {
    part: 'step',
    yaml: 'stepId: map\nstepFunction:\n  functionName: map_fields\n  version: "2"\n  parameters:\n    dataSource: $.steps.read.output.data\n    fields: [{targetFieldKey: id, type: string, expression: $.id}]',
  },
  visit: {
    call({ functionName, parameters, map, step }, report) {
      if (functionName !== 'map_fields' && functionName !== 'typecast') return
      if (
        parameters === undefined
          ? lacksKey(map, 'parameters')
          : memberOf(parameters, 'dataSource') === undefined && lacksKey(parameters, 'dataSource')
      )
        report(firstLine(parameters ?? map), { message: `The step "${step.id}" has no \`dataSource\`.` })
    },
  },
})
