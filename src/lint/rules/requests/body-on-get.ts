import { defineRule } from '../../rule.ts'
import { entryOf } from '../../view/read-tree.ts'

export const bodyOnGet = defineRule({
  code: 'lint/body-on-get',
  severity: 'warning',
  title: 'A body on a GET',
  why: 'A body of a GET has no meaning (RFC 9110 §9.3.1): servers ignore it, proxies drop it, and some refuse the request.',
  remedy: 'Send it `in: query`, or use the method the provider documents.',
  bad: {
    part: 'parameters',
    yaml: 'url: /people\nmethod: get\nargs:\n  - {name: active, value: true, in: body}',
  },
  good: {
    part: 'parameters',
    yaml: 'url: /people\nmethod: get\nargs:\n  - {name: active, value: true, in: query}',
  },
  visit: {
    arg({ in: where, name, map, call }, report) {
      if (where !== 'body' || call.method !== 'get' || !call.isRequest) return
      const at = entryOf(map, 'in')?.value ?? map
      const method = entryOf(call.parameters, 'method')
      report(at, {
        message: `"${name}" is in the body of a GET.`,
        related: method === undefined ? undefined : [{ message: 'The method.', at: method.value }],
      })
    },
  },
})
