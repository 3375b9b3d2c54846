import type { SourceNode } from '../../../definition/index.ts'
import { hostOf } from '../../knowledge/urls.ts'
import type { ReportFinding } from '../../rule.ts'
import { defineRule } from '../../rule.ts'
import { asScalar, memberAt, memberOf } from '../../view/read-tree.ts'

export const malformedBaseUrl = defineRule({
  code: 'lint/malformed-base-url',
  severity: 'error',
  title: 'A base URL that is no address',
  why: 'Every request starts with it. Without scheme and host nothing can be sent.',
  remedy: 'Write scheme, host and path: `https://api.acme.com/v1`.',
  bad: { part: 'connector', yaml: 'baseUrl: api.acme.example/v1' },
  good: { part: 'connector', yaml: 'baseUrl: https://api.acme.example/v1' },
  visit: {
    connector({ baseUrl }, report) {
      check(baseUrl, report)
    },
    method({ authorization, map }, report) {
      check(memberAt(map, 'x-mainspring', 'oauth', 'revocation', 'url'), report)
      for (const key of ['authorizationUrl', 'tokenUrl']) check(memberOf(authorization, key), report)
    },
    call({ parameters }, report) {
      check(memberOf(parameters, 'baseUrl'), report)
    },
  },
})

function check(node: SourceNode | undefined, report: ReportFinding): void {
  const scalar = asScalar(node)
  const text = scalar?.value
  // An expression that gives the whole address cannot be judged.
  if (scalar === undefined || typeof text !== 'string' || /^\s*(?:\{\{|\$)/.test(text)) return
  const message = problemOf(text)
  if (message !== undefined) report(scalar, { message })
}

const hostForm =
  /^(?:(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]|localhost|\d+(?:\.\d+){3}|x|\[[0-9a-f:]+\])(?::\d+)?$/

function problemOf(text: string): string | undefined {
  const scheme = /^([A-Za-z][A-Za-z0-9+.-]*):\/\//.exec(text)?.[1]?.toLowerCase()
  if (scheme === undefined) return `"${text}" has no scheme.`
  if (scheme !== 'https' && scheme !== 'http') return `"${scheme}" is not a scheme of web addresses.`
  const host = hostOf(text) ?? ''
  if (!hostForm.test(host.replaceAll(/\$\{[^}]*\}/g, 'x'))) return `"${host}" is not the name of a host.`
  const fixed = text.replaceAll(/\$\{[^}]*\}/g, '')
  return /[\s<>"\\^`|]/.test(fixed) ? 'The address holds a character that no URL has.' : undefined
}
