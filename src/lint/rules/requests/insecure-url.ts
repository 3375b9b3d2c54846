import type { SourceNode } from '../../../definition/index.ts'
import { replaceSpan } from '../../edit-text.ts'
import { hostOf, isLoopback } from '../../knowledge/urls.ts'
import { defineRule } from '../../rule.ts'
import { spanOfText } from '../../span-in.ts'
import { asScalar, memberAt, memberOf } from '../../view/read-tree.ts'

export const insecureUrl = defineRule({
  code: 'lint/insecure-url',
  severity: 'error',
  title: 'A request without encryption',
  why: 'Over http, credentials and personal data can be read and changed by everybody on the way.',
  remedy: 'Write https.',
  bad: { part: 'connector', yaml: 'baseUrl: http://api.acme.example/v1' },
  good: { part: 'connector', yaml: 'baseUrl: https://api.acme.example/v1' },
  visit: {
    connector({ baseUrl }, report) {
      check(baseUrl, report)
    },
    method({ authorization, map }, report) {
      check(memberAt(map, 'x-mainspring', 'oauth', 'revocation', 'url'), report)
      for (const key of ['authorizationUrl', 'tokenUrl', 'issuer'])
        check(memberOf(authorization, key), report)
    },
    call({ parameters }, report) {
      check(memberOf(parameters, 'baseUrl'), report)
      check(memberOf(parameters, 'url'), report)
    },
  },
})

function check(
  node: SourceNode | undefined,
  report: Parameters<NonNullable<typeof insecureUrl.visit.call>>[1],
): void {
  const scalar = asScalar(node)
  const text = scalar?.value
  if (scalar === undefined || typeof text !== 'string' || !/^http:\/\//i.test(text)) return
  if (isLoopback(hostOf(text) ?? '')) return
  const at = spanOfText(scalar, text.slice(0, 7))
  report(at, {
    message: 'This address is called without encryption.',
    fix: replaceSpan('Write https', at, 'https://'),
  })
}
