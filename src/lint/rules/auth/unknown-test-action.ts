import { nearestName } from '../../../errors/index.ts'
import { replaceScalar } from '../../edit-text.ts'
import { defineRule } from '../../rule.ts'
import { asScalar, mapsOf, memberOf, textOf } from '../../view/read-tree.ts'

export const unknownTestAction = defineRule({
  code: 'lint/unknown-test-action',
  severity: 'error',
  title: 'A test action that does not exist',
  why: 'Linking an account runs it and fails, whatever the credentials.',
  remedy: 'Name an action of the connector.',
  bad: { part: 'method', yaml: 'testActions:\n  - action: get_persn\n    required: true' },
  good: { part: 'method', yaml: 'testActions:\n  - action: get_person\n    required: true' },
  visit: {
    connector({ methods, actions, flows, key }, report) {
      const known = [...actions, ...flows].map(({ id }) => id)
      for (const { map } of methods) {
        for (const test of mapsOf(memberOf(map, 'testActions'))) {
          const node = asScalar(memberOf(test, 'action'))
          const id = textOf(node)
          if (
            node === undefined ||
            id === undefined ||
            known.includes(id) ||
            known.includes(id.replace(`${key}_`, ''))
          )
            continue
          const meant = nearestName(id, known)
          const action = actions.find((one) => one.id === meant)
          report(node, {
            message: `There is no action "${id}".`,
            hint: meant === undefined ? undefined : `Did you mean \`${meant}\`?`,
            related: action === undefined ? undefined : [{ message: 'The action.', at: action.idNode }],
            fix: meant === undefined ? undefined : replaceScalar(`Write ${meant}`, node, meant),
          })
        }
      }
    },
  },
})
