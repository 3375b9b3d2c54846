import { replayExample } from '../../replay-example.ts'
import { defineRule } from '../../rule.ts'
import { firstDifference } from '../../same-value.ts'

export const exampleResultDiffers = defineRule({
  code: 'lint/example-result-differs',
  severity: 'error',
  title: 'An action that does not give what was recorded',
  why: 'A recorded answer shows the real shape of the provider. Where the definition makes something else of it than was recorded, callers lose rows or fields, with success.',
  remedy:
    'Correct where the rows, the record or the result is read; or record the result anew where it changed on purpose.',
  bad: {
    part: 'action',
    yaml: 'result:\n  data: $.steps.read.output.data.person',
    files: {
      'examples/get_person.json':
        '{"inputs":{"person_id":"7"},"request":{"method":"GET","path":"/people/7"},"response":{"status":200,"body":{"id":"7"}},"data":{"id":"7"}}',
    },
  },
  good: {
    part: 'action',
    yaml: 'result:\n  data: $.steps.read.output.data',
    files: {
      'examples/get_person.json':
        '{"inputs":{"person_id":"7"},"request":{"method":"GET","path":"/people/7"},"response":{"status":200,"body":{"id":"7"}},"data":{"id":"7"}}',
    },
  },
  visit: {
    connector(connector, report) {
      for (const action of connector.actions) {
        const example = connector.examples.get(action.id)
        if (example === undefined || example.data === undefined) continue
        const replay = replayExample(connector, example)
        // An answer of none of the declared shapes is one too.
        const hasShape = action.steps.some(
          ({ extension }) => extension?.entries.some(({ name }) => name === 'response') === true,
        )
        if (replay === undefined) {
          if (hasShape && action.steps.length === 1 && example.response !== undefined) {
            const step = action.steps[0]
            const at = step?.extension?.entries.find(({ name }) => name === 'response')?.key ?? action.idNode
            report(at, {
              message: `The recorded answer of "${action.id}" has none of the declared shapes.`,
              related: [{ message: 'The recorded answer.', at: { file: example.file, start: 0, end: 0 } }],
            })
          }
          continue
        }
        const place = firstDifference(replay.data ?? null, example.data ?? null)
        if (place !== undefined)
          report(action.result ?? action.idNode, {
            message:
              place === ''
                ? `"${action.id}" makes something else of the recorded answer.`
                : `"${action.id}" gives another \`${place}\` than was recorded.`,
            related: [{ message: 'The recorded answer.', at: { file: example.file, start: 0, end: 0 } }],
          })
      }
    },
  },
})
