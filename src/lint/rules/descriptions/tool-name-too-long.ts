import { defineRule } from '../../rule.ts'

const longest = 64

export const toolNameTooLong = defineRule({
  code: 'lint/tool-name-too-long',
  severity: 'warning',
  title: 'A tool name that clients refuse',
  why: 'The tool is called `<key>_<actionId>`. Clients of models take names of at most 64 characters, and drop or refuse longer ones.',
  remedy: 'Shorten the action id.',
  bad: {
    part: 'action',
    yaml: 'actionId: list_all_people_of_the_firm_with_their_positions_and_addresses_and_notes',
  },
  good: { part: 'action', yaml: 'actionId: list_people_with_positions' },
  visit: {
    action({ id, idNode, connector, flow }, report) {
      const name = `${connector.key}_${id}`
      if (flow === 'action' && name.length > longest)
        report(idNode, {
          message: `The tool name "${name}" has ${name.length} characters; ${longest} are allowed.`,
        })
    },
  },
})
