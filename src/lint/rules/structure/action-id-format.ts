import { defineRule } from '../../rule.ts'

/** Tool names are made of it, and callers type it. */
export const actionIdFormat = defineRule({
  code: 'lint/action-id-format',
  severity: 'warning',
  title: 'An action id that is not snake_case',
  why: 'The id becomes part of the name of a tool, `<key>_<actionId>`. Clients of tools take letters, digits and underscores; capitals and dashes make ids that are mistyped or refused.',
  remedy: 'Write it in small letters, digits and underscores, starting with a letter: `list_people`.',
  bad: { part: 'action', yaml: 'actionId: listPeople' },
  good: { part: 'action', yaml: 'actionId: list_people' },
  visit: {
    action({ id, idNode, flow }, report) {
      if (flow !== 'action' || id === '' || /^[a-z][a-z0-9]*(?:_[a-z0-9]+)*$/.test(id)) return
      report(idNode, { message: `The action id "${id}" is not snake_case.` })
    },
  },
})
