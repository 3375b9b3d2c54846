import { hostOf, siteOf } from '../../knowledge/urls.ts'
import { defineRule } from '../../rule.ts'
import type { ActionView, CallView } from '../../view/connector-view.ts'
import { asScalar, memberAt, memberOf, textOf } from '../../view/read-tree.ts'

export const foreignHost = defineRule({
  code: 'lint/foreign-host',
  severity: 'warning',
  title: 'Credentials sent to another host',
  why: 'A step with a base URL of its own carries the credentials of the account all the same. A host that the connector does not declare receives them.',
  remedy: 'Set `authorization: {type: none}` on the step and read no credentials in it; or correct the host.',
  bad: { part: 'parameters', yaml: 'baseUrl: https://files.other.example\nurl: /upload\nmethod: get' },
  good: {
    part: 'parameters',
    yaml: 'baseUrl: https://files.other.example\nurl: /upload\nmethod: get\nauthorization: {type: none}',
  },
  visit: {
    call(call, report) {
      const { parameters, isRequest, step } = call
      const node = asScalar(memberOf(parameters, 'baseUrl'))
      const host = hostOf(textOf(node) ?? '')
      if (!isRequest || node === undefined || host === undefined || host.includes('${')) return
      const declared = declaredSites(step.action)
      if (declared.size === 0 || declared.has(siteOf(host))) return
      if (carriesCredentials(call))
        report(node, {
          message: `The credentials of the account are sent to ${host}, which the connector does not declare.`,
          related:
            step.action.connector.baseUrl === undefined
              ? undefined
              : [{ message: 'The host of the connector.', at: step.action.connector.baseUrl }],
        })
    },
  },
})

function declaredSites({ connector }: ActionView): ReadonlySet<string> {
  const urls = [
    connector.baseUrl?.value,
    ...connector.methods.flatMap(({ authorization }) =>
      ['authorizationUrl', 'tokenUrl', 'issuer'].map((key) => textOf(memberOf(authorization, key))),
    ),
  ]
  const hosts = urls.flatMap((url) =>
    typeof url === 'string'
      ? [...url.matchAll(/https?:\/\/([^/'"?\s]+)/g)].map((match) => match[1] ?? '')
      : [],
  )
  return new Set(hosts.map((host) => siteOf(host.replaceAll(/\$\{[^}]*\}/g, 'x').toLowerCase())))
}

function carriesCredentials({ parameters, step }: CallView): boolean {
  const own = textOf(memberAt(parameters, 'authorization', 'type'))
  const { action } = step
  const reads = action.expressions.some(
    (expression) =>
      expression.step === step &&
      expression.place !== 'condition' &&
      expression.compiled?.reads.some(({ segments }) => segments[0] === 'credentials') === true,
  )
  if (reads) return true
  if (own !== undefined) return own !== 'none'
  return action.connector.methods.some(
    ({ authorization, map }) =>
      !['none', undefined].includes(textOf(memberOf(authorization, 'type'))) ||
      memberAt(map, 'x-mainspring', 'headers') !== undefined,
  )
}
