import { defineRule } from '../../rule.ts'
import { entryOf, textOf } from '../../view/read-tree.ts'

const methods = ['get', 'post', 'put', 'patch', 'delete']

export const entrypointIncomplete = defineRule({
  code: 'lint/entrypoint-incomplete',
  severity: 'warning',
  title: 'Half an entry point',
  why: 'URL and method together say how plain readers of the format call the action: one of them alone, or a method that HTTP does not have, says nothing.',
  remedy: 'Give both `entrypointUrl` and `entrypointHttpMethod`, or neither.',
  bad: { part: 'action', yaml: 'entrypointUrl: /people/:person_id' },
  good: { part: 'action', yaml: 'entrypointUrl: /people/:person_id\nentrypointHttpMethod: get' },
  visit: {
    action({ map, id }, report) {
      const url = entryOf(map, 'entrypointUrl')
      const method = entryOf(map, 'entrypointHttpMethod')
      const only = url === undefined ? method : method === undefined ? url : undefined
      if (only !== undefined)
        report(only.key, {
          message: `The entry point of "${id}" is half said: \`${only.name}\` stands alone.`,
        })
      if (method !== undefined && !methods.includes((textOf(method.value) ?? '').toLowerCase()))
        report(method.value, { message: `"${textOf(method.value) ?? ''}" is not a method.` })
      if (url !== undefined && !(textOf(url.value) ?? '').startsWith('/'))
        report(url.value, { message: 'The entry point does not start with a slash.' })
    },
  },
})
