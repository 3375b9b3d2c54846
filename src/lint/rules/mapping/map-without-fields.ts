import { firstLine } from '../../first-line.ts'
import { lacksKey } from '../../lacks-key.ts'
import { defineRule } from '../../rule.ts'
import { entryOf, itemsOf, memberOf } from '../../view/read-tree.ts'

export const mapWithoutFields = defineRule({
  code: 'lint/map-without-fields',
  severity: 'error',
  title: 'A mapping that maps nothing',
  why: 'A mapping takes its fields from its own `fields` or from the `fieldConfigs` of the action. Without either, every record comes out empty; `fieldConfigs` without a mapping do nothing.',
  remedy:
    'Give `fields` to the step, or `fieldConfigs` to the action; and a step that maps to an action that has them.',
  bad: {
    part: 'step',
    yaml: 'stepId: map\nstepFunction:\n  functionName: map_fields\n  version: "2"\n  parameters:\n    dataSource: $.steps.read.output.data',
  },
  good: {
    part: 'step',
    yaml: 'stepId: map\nstepFunction:\n  functionName: map_fields\n  version: "2"\n  parameters:\n    dataSource: $.steps.read.output.data\n    fields: [{targetFieldKey: id, type: string, expression: $.id}]',
  },
  visit: {
    call({ functionName, parameters, map, step }, report) {
      if (functionName !== 'map_fields') return
      const own = memberOf(parameters, 'fields')
      const shared = memberOf(step.action.map, 'fieldConfigs')
      if (itemsOf(own).length > 0 || itemsOf(shared).length > 0 || (own !== undefined && own.kind !== 'list'))
        return
      if (
        !lacksKey(step.action.map, 'fieldConfigs') ||
        (parameters !== undefined && !lacksKey(parameters, 'fields'))
      )
        return
      report(firstLine(parameters ?? map), { message: `The step "${step.id}" has no fields to map.` })
    },
    action({ map, steps }, report) {
      const shared = entryOf(map, 'fieldConfigs')
      const mapped = steps.some(({ calls }) =>
        calls.some(({ functionName }) => ['map_fields', 'typecast'].includes(functionName)),
      )
      if (shared !== undefined && itemsOf(shared.value).length > 0 && !mapped)
        report(shared.key, { severity: 'warning', message: 'No step of the action maps these fields.' })
    },
  },
})
