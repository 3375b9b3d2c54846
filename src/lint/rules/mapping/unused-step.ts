import { isWrite } from '../../knowledge/effects.ts'
import { defineRule } from '../../rule.ts'
import { textOf, textsOf } from '../../view/read-tree.ts'

export const unusedStep = defineRule({
  code: 'lint/unused-step',
  severity: 'warning',
  title: 'A step whose output nobody reads',
  why: 'It costs a call, or a mapping, and changes nothing; mostly the result reads the step before by mistake.',
  remedy: 'Read its output, or remove the step.',
  bad: {
    part: 'action',
    yaml: 'steps:\n  - stepId: read\n    stepFunction: {functionName: request, parameters: {url: "/people/${inputs.person_id}", method: get}}\n  - stepId: map\n    stepFunction:\n      functionName: map_fields\n      version: "2"\n      parameters: {dataSource: $.steps.read.output.data, fields: [{targetFieldKey: id, type: string, expression: $.id}]}\nresult:\n  data: $.steps.read.output.data',
  },
  good: {
    part: 'action',
    yaml: 'steps:\n  - stepId: read\n    stepFunction: {functionName: request, parameters: {url: "/people/${inputs.person_id}", method: get}}\n  - stepId: map\n    stepFunction:\n      functionName: map_fields\n      version: "2"\n      parameters: {dataSource: $.steps.read.output.data, fields: [{targetFieldKey: id, type: string, expression: $.id}]}\nresult:\n  data: $.steps.map.output.data',
  },
  visit: {
    action({ steps, expressions, result, flow }, report) {
      if (result === undefined || flow === 'test') return
      const reads = expressions
        .flatMap(({ compiled }) => compiled?.reads ?? [])
        .filter(({ segments }) => segments[0] === 'steps' || segments[0] === 'intermediateSteps')
      // All steps are passed on as they are.
      if (reads.some(({ segments }) => segments.length === 1)) return
      const read = new Set<unknown>(reads.map(({ segments }) => segments[1]))
      const unknownRead = [...read].some((id) => !steps.some((step) => step.id === id))
      for (const step of steps)
        for (const call of step.calls) {
          for (const node of textsOf(
            call.parameters?.entries.find(({ name }) => name === 'stepsDataToGroup')?.value,
          ))
            read.add(textOf(node))
        }
      for (const step of steps) {
        if (
          read.has(step.id) ||
          unknownRead ||
          step.calls.some((call) => isWrite(call) || call.functionName === 'emit_event')
        )
          continue
        report(step.idNode, { message: `Nothing reads the output of "${step.id}".` })
      }
    },
  },
})
