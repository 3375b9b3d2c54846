import { firstLine } from '../../first-line.ts'
import { lacksKey } from '../../lacks-key.ts'
import { defineRule } from '../../rule.ts'
import { asMap, asScalar, entryOf, memberOf, textOf } from '../../view/read-tree.ts'

const needed = ['response_type', 'client_id', 'redirect_uri']

export const authorizationParameters = defineRule({
  code: 'lint/authorization-parameters',
  severity: 'warning',
  title: 'An authorization request that the provider refuses',
  why: 'The page of the provider needs to know who asks and where to send the person back (RFC 6749 §4.1.1). Without `client_id`, `redirect_uri` or `response_type: code` it shows an error.',
  remedy:
    'Give `authorizationUrl`, and `client_id`, `redirect_uri` and `response_type: code` under `authorizationParams`.',
  bad: {
    part: 'method',
    yaml: 'type: oauth2\nauthorization:\n  type: oauth2\n  token: $.credentials.accessToken\n  authorizationUrl: https://acme.example/auth\n  authorizationParams: {response_type: code, client_id: $.credentials.clientId}',
  },
  good: {
    part: 'method',
    yaml: "type: oauth2\nauthorization:\n  type: oauth2\n  token: $.credentials.accessToken\n  authorizationUrl: https://acme.example/auth\n  authorizationParams: {response_type: code, client_id: $.credentials.clientId, redirect_uri: '${apiHostUri}/callback'}",
  },
  visit: {
    method({ authorization }, report) {
      const parameters = asMap(memberOf(authorization, 'authorizationParams'))
      if (authorization === undefined || parameters === undefined) return
      if (
        entryOf(authorization, 'authorizationUrl') === undefined &&
        lacksKey(authorization, 'authorizationUrl', ['authorizationParams'])
      )
        report(entryOf(authorization, 'authorizationParams')?.key ?? firstLine(authorization), {
          message: 'There are parameters for an authorization page, and no `authorizationUrl`.',
        })
      for (const name of needed) {
        const entry = entryOf(parameters, name)
        const value = asScalar(entry?.value)?.value
        const wanted = name === 'response_type' ? 'code' : undefined
        if (entry === undefined)
          report(firstLine(parameters), {
            message: `\`${name}\` is missing among the parameters of the authorization page.`,
          })
        else if (
          typeof value !== 'string' ||
          (wanted !== undefined && !(textOf(entry.value) ?? '').includes(wanted)) ||
          (wanted === undefined && !value.includes('$') && !value.includes('{{'))
        )
          report(entry.value.start === entry.value.end ? entry.key : entry.value, {
            message: `\`${name}\` cannot be what the provider expects.`,
          })
      }
    },
  },
})
