import { firstLine } from '../../first-line.ts'
import { defineRule } from '../../rule.ts'
import { entryOf } from '../../view/read-tree.ts'

export const inputWithoutPlace = defineRule({
  code: 'lint/input-without-place',
  severity: 'warning',
  title: 'An input that does not say where it goes',
  why: 'Readers of the format group inputs by `in`. One without it, beside others that have it, is shown nowhere.',
  remedy: 'Add `in`: path, query, body or headers.',
  bad: {
    part: 'action',
    yaml: 'inputs:\n  - {name: person_id, type: string, in: path, required: true, description: Which person.}\n  - {name: fields, type: string, description: Which fields.}',
  },
  good: {
    part: 'action',
    yaml: 'inputs:\n  - {name: person_id, type: string, in: path, required: true, description: Which person.}\n  - {name: fields, type: string, in: query, description: Which fields.}',
  },
  visit: {
    action({ inputs, flow }, report) {
      if (flow !== 'action' || !inputs.some((input) => input.in !== undefined)) return
      // A misspelt key is a finding of its own.
      for (const { map, name } of inputs)
        if (
          entryOf(map, 'in') === undefined &&
          !map.entries.some((entry) => entry.name.length <= 3 && /[in]/.test(entry.name))
        )
          report(firstLine(map), { message: `Nothing says where the input "${name}" goes.` })
    },
  },
})
