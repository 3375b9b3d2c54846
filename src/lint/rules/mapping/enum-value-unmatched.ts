import { compileExpression } from '../../../expression/index.ts'
import { replayExample } from '../../replay-example.ts'
import { defineRule } from '../../rule.ts'
import { asScalar, mapsOf, memberAt, memberOf, textOf } from '../../view/read-tree.ts'

export const enumValueUnmatched = defineRule({
  code: 'lint/enum-value-unmatched',
  severity: 'warning',
  title: 'An enum value that no match takes',
  why: 'A value that the provider really sends comes out as `unmapped_value`: readers of the unified field lose it.',
  remedy: 'Add a match for the value.',
  bad: {
    part: 'action',
    yaml: 'steps:\n  - stepId: read\n    stepFunction: {functionName: request, parameters: {url: "/people/${inputs.person_id}", method: get}}\n  - stepId: map\n    stepFunction:\n      functionName: map_fields\n      version: "2"\n      parameters:\n        dataSource: $.steps.read.output.data\n        fields:\n          - targetFieldKey: status\n            type: enum\n            expression: $.status\n            enumMapper:\n              matcher: [{matchExpression: \'{{$.status == "on"}}\', value: active}]\nresult:\n  data: $.steps.map.output.data',
    files: {
      'examples/get_person.json':
        '{"inputs":{"person_id":"7"},"request":{"method":"GET","path":"/people/7"},"response":{"status":200,"body":{"status":"On"}}}',
    },
  },
  good: {
    part: 'action',
    yaml: 'steps:\n  - stepId: read\n    stepFunction: {functionName: request, parameters: {url: "/people/${inputs.person_id}", method: get}}\n  - stepId: map\n    stepFunction:\n      functionName: map_fields\n      version: "2"\n      parameters:\n        dataSource: $.steps.read.output.data\n        fields:\n          - targetFieldKey: status\n            type: enum\n            expression: $.status\n            enumMapper:\n              matcher: [{matchExpression: \'{{$.status == "On"}}\', value: active}]\nresult:\n  data: $.steps.map.output.data',
    files: {
      'examples/get_person.json':
        '{"inputs":{"person_id":"7"},"request":{"method":"GET","path":"/people/7"},"response":{"status":200,"body":{"status":"On"}}}',
    },
  },
  visit: {
    mapping({ map, target, expression, action }, report) {
      const matches = mapsOf(memberAt(map, 'enumMapper', 'matcher'))
      const example = action.connector.examples.get(action.id)
      const source = textOf(expression)
      if (matches.length === 0 || example === undefined || source === undefined) return
      const replay = replayExample(action.connector, example)
      const request = replay && Object.values(replay.steps).find((output) => output?.['raw'] !== undefined)
      const data = request?.data
      for (const record of Array.isArray(data) ? data : [data]) {
        if (typeof record !== 'object' || record === null) continue
        const value = evaluate(source, record)
        if (typeof value !== 'string' || value === '') continue
        const matched = matches.some(
          (match) => evaluate(textOf(memberOf(match, 'matchExpression')) ?? '', record) === true,
        )
        if (matched) continue
        report(asScalar(memberOf(map, 'expression')) ?? map, {
          message: `No match of "${target}" takes the recorded value "${value.slice(0, 60)}".`,
          related: [{ message: 'The recorded answer.', at: { file: example.file, start: 0, end: 0 } }],
        })
        return
      }
    },
  },
})

function evaluate(text: string, context: unknown): unknown {
  try {
    return compileExpression(text).evaluateSafely(context)
  } catch {
    return undefined
  }
}
