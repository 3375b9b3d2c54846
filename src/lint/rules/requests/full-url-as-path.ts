import { defineRule } from '../../rule.ts'

export const fullUrlAsPath = defineRule({
  code: 'lint/full-url-as-path',
  severity: 'error',
  title: 'A whole URL where a path is meant',
  why: '`url` is appended to the base URL: `https://api.acme.comhttps://…` is no address.',
  remedy: 'Write the path alone, and set `baseUrl` of the step where the host is another one.',
  bad: { part: 'parameters', yaml: 'url: https://api.acme.example/people' },
  good: { part: 'parameters', yaml: 'url: /people' },
  visit: {
    call({ url, isRequest, parameters, step }, report) {
      const text = url?.value
      if (!isRequest || url === undefined || typeof text !== 'string') return
      if (!/^[a-z][a-z0-9+.-]*:\/\//i.test(text)) return
      const hasBase =
        step.action.connector.baseUrl !== undefined ||
        parameters?.entries.some(({ name }) => name === 'baseUrl') === true
      if (hasBase)
        report(url, { message: 'A whole URL stands here, and the base URL is put in front of it.' })
    },
  },
})
