import { nearestName } from '../../../errors/index.ts'
import { compileExpression } from '../../../expression/index.ts'
import { stateRoots } from '../../knowledge/state-roots.ts'
import { replayExample } from '../../replay-example.ts'
import { defineRule } from '../../rule.ts'
import { spanOfSegment } from '../../span-of-segment.ts'
import type { ActionView, CallView } from '../../view/connector-view.ts'
import { memberOf, textOf } from '../../view/read-tree.ts'

export const unknownSourceField = defineRule({
  code: 'lint/unknown-source-field',
  severity: 'warning',
  title: 'A mapping that reads a field no record has',
  why: 'The recorded answer shows the fields of the provider. One that none of its records has gives nothing, in every record, with success.',
  remedy: 'Correct the name; or record an answer in which the field stands.',
  bad: {
    part: 'action',
    yaml: 'steps:\n  - stepId: read\n    stepFunction: {functionName: request, parameters: {url: "/people/${inputs.person_id}", method: get}}\n  - stepId: map\n    stepFunction:\n      functionName: map_fields\n      version: "2"\n      parameters: {dataSource: $.steps.read.output.data, fields: [{targetFieldKey: name, type: string, expression: $.fullNmae}]}\nresult:\n  data: $.steps.map.output.data',
    files: {
      'examples/get_person.json':
        '{"inputs":{"person_id":"7"},"request":{"method":"GET","path":"/people/7"},"response":{"status":200,"body":{"fullName":"Ada"}},"data":{"name":"Ada"}}',
    },
  },
  good: {
    part: 'action',
    yaml: 'steps:\n  - stepId: read\n    stepFunction: {functionName: request, parameters: {url: "/people/${inputs.person_id}", method: get}}\n  - stepId: map\n    stepFunction:\n      functionName: map_fields\n      version: "2"\n      parameters: {dataSource: $.steps.read.output.data, fields: [{targetFieldKey: name, type: string, expression: $.fullName}, {targetFieldKey: emails, type: object, array: true, expression: $.mails, properties: [{targetFieldKey: value, type: string, expression: $.address}]}]}\nresult:\n  data: $.steps.map.output.data',
    files: {
      'examples/get_person.json':
        '{"inputs":{"person_id":"7"},"request":{"method":"GET","path":"/people/7"},"response":{"status":200,"body":{"fullName":"Ada","mails":[{"address":"a@example.com"}]}},"data":{"name":"Ada","emails":[{"value":"a@example.com"}]}}',
    },
  },
  visit: {
    action(action, report) {
      const example = action.connector.examples.get(action.id)
      if (example === undefined) return
      const call = action.steps
        .flatMap(({ calls }) => calls)
        .find(({ functionName }) => functionName === 'map_fields')
      const records = call === undefined ? [] : recordsOf(action, call)
      if (records.length === 0) return
      const names = [...namesWithin(records)]
      for (const expression of action.expressions) {
        if (expression.scope !== 'record') continue
        for (const read of expression.compiled?.reads ?? []) {
          const [name] = read.segments
          if (
            typeof name !== 'string' ||
            names.includes(name) ||
            stateRoots.includes(name) ||
            name === 'external'
          )
            continue
          const meant = nearestName(name, names)
          report(spanOfSegment(expression, read, 0), {
            message: `No recorded record has a field "${name}".`,
            hint:
              meant === undefined
                ? `They have: ${names.slice(0, 20).join(', ')}.`
                : `Did you mean \`${meant}\`?`,
            related: [{ message: 'The recorded answer.', at: { file: example.file, start: 0, end: 0 } }],
          })
        }
      }
    },
  },
})

/** Names at any depth: the properties of a list of objects read its elements. */
function namesWithin(value: unknown, names = new Set<string>()): ReadonlySet<string> {
  if (typeof value !== 'object' || value === null) return names
  if (!Array.isArray(value)) for (const name of Object.keys(value)) names.add(name)
  // An element that is no object is read as `$.item`.
  else if (value.some((inner) => typeof inner !== 'object' || inner === null)) names.add('item')
  for (const inner of Object.values(value)) namesWithin(inner, names)
  return names
}

type Row = Readonly<Record<string, unknown>>

function recordsOf(action: ActionView, call: CallView): readonly Row[] {
  const example = action.connector.examples.get(action.id)
  const replay = example && replayExample(action.connector, example)
  const source = textOf(memberOf(call.parameters, 'dataSource'))
  if (replay === undefined || source === undefined) return []
  const steps = Object.fromEntries(Object.entries(replay.steps).map(([id, output]) => [id, { output }]))
  const data = evaluate(source, { steps })
  const rows = Array.isArray(data) ? data : [data]
  return rows.filter((row): row is Row => typeof row === 'object' && row !== null && !Array.isArray(row))
}

function evaluate(source: string, context: unknown): unknown {
  try {
    return compileExpression(source).evaluateSafely(context)
  } catch {
    return undefined
  }
}
