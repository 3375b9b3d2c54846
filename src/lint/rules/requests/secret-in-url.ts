import { isSecretName } from '../../knowledge/secrets.ts'
import { defineRule } from '../../rule.ts'
import { spanIn } from '../../span-in.ts'
import type { ExpressionView } from '../../view/connector-view.ts'

export const secretInUrl = defineRule({
  code: 'lint/secret-in-url',
  severity: 'warning',
  title: 'A secret in a URL',
  why: 'URLs are written into the logs of servers and proxies and into histories. A secret in the path or query is shown to all of them.',
  remedy:
    'Send it in a header, or in the body. Where the provider takes it in the query only, disable this rule at the line, with that as the reason.',
  bad: { part: 'arg', yaml: 'name: api_key\nin: query\nvalue: $.credentials.apiKey' },
  good: { part: 'arg', yaml: 'name: X-Api-Key\nin: headers\nvalue: $.credentials.apiKey' },
  visit: {
    expression(expression, report) {
      const { compiled, scalar, place } = expression
      if (place !== 'url' && place !== 'baseUrl' && place !== 'query') return
      for (const { segments, range } of compiled?.reads ?? []) {
        const name = segments[1]
        if (segments[0] !== 'credentials' || typeof name !== 'string' || !isSecret(name, expression)) continue
        report(spanIn(scalar, range), {
          message: `The secret "${name}" becomes part of the ${place === 'query' ? 'query' : 'URL'}.`,
        })
      }
    },
  },
})

function isSecret(name: string, { connector, method }: ExpressionView): boolean {
  const fields = (method === undefined ? connector.methods : [method]).flatMap((one) => one.fields)
  const field = fields.find(({ key }) => key === name)
  return field === undefined ? isSecretName(name) : field.secret || field.type === 'password'
}
