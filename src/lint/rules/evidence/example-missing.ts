import { defineRule } from '../../rule.ts'
import { asMap, entryOf } from '../../view/read-tree.ts'

export const exampleMissing = defineRule({
  code: 'lint/example-missing',
  severity: 'warning',
  title: 'An action without a recorded example',
  why: 'Where a connector keeps recorded calls, an action without one is neither tested nor checked against the shape of its answers.',
  remedy: 'Record a call under `examples/<actionId>.json`: `inputs`, `request`, `response`, `data`.',
  bad: {
    part: 'action',
    yaml: 'actionId: get_person',
    files: {
      'examples/list_people.json':
        '{"inputs":{},"request":{"method":"GET","path":"/people"},"response":{"status":200,"body":{}},"data":{}}',
    },
  },
  good: {
    part: 'action',
    yaml: 'actionId: get_person',
    files: {
      'examples/get_person.json':
        '{"inputs":{"person_id":"1"},"request":{"method":"GET","path":"/people/1"},"response":{"status":200,"body":{}},"data":{}}',
    },
  },
  visit: {
    action({ connector, flow, id, idNode }, report) {
      if (flow === 'action' && connector.examples.size > 0 && !connector.examples.has(id))
        report(idNode, { message: `There is no examples/${id}.json.` })
    },
    connector({ examples, actions, root }, report) {
      const ids = new Set(actions.map(({ id }) => id))
      for (const { actionId, file } of examples.values()) {
        if (ids.has(actionId)) continue
        const entry = entryOf(asMap(root), 'actions')
        report(
          { file, start: 0, end: 0 },
          {
            message: `This example is of an action "${actionId}", which does not exist.`,
            hint: 'Rename the file after its action, or remove it.',
            related: entry === undefined ? undefined : [{ message: 'The actions.', at: entry.key }],
          },
        )
      }
    },
  },
})
