import { nearestName } from '../../../errors/index.ts'
import { firstLine } from '../../first-line.ts'
import { defineRule } from '../../rule.ts'
import { asMap } from '../../view/read-tree.ts'

export const resultWithoutData = defineRule({
  code: 'lint/result-without-data',
  severity: 'warning',
  title: 'A result without data',
  why: 'Callers read what an action gives under `data`. A result that has other keys alone looks empty to them.',
  remedy: 'Put what the action gives under `data`.',
  bad: { part: 'action', yaml: 'result:\n  dta: $.steps.read.output.data' },
  good: { part: 'action', yaml: 'result:\n  data: $.steps.read.output.data' },
  visit: {
    action({ result, id }, report) {
      const map = asMap(result)
      if (
        map === undefined ||
        map.incomplete === true ||
        map.entries.some(({ name }) => name === 'data' || name === '$ref')
      )
        return
      const misspelt = map.entries.find(({ name }) => nearestName(name, ['data']) !== undefined)
      // An action that only says that it is done has nothing to give.
      if (misspelt === undefined && map.entries.some(({ name }) => name === 'message' || name === 'success'))
        return
      report(misspelt?.key ?? firstLine(map), { message: `The result of "${id}" has no \`data\`.` })
    },
  },
})
