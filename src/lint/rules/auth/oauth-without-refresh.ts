import { lacksKey } from '../../lacks-key.ts'
import { defineRule } from '../../rule.ts'
import { memberOf, textOf } from '../../view/read-tree.ts'

export const oauthWithoutRefresh = defineRule({
  code: 'lint/oauth-without-refresh',
  severity: 'warning',
  title: 'OAuth 2.0 without a refresh',
  why: 'Access tokens expire after minutes or hours. Without `refreshAuthentication` every account has to be linked again each time.',
  remedy: 'Add `refreshAuthentication` with an action that exchanges the refresh token.',
  bad: {
    part: 'method',
    yaml: 'type: oauth2\nauthorization:\n  type: oauth2\n  token: $.credentials.accessToken\n  tokenExpiresIn: 3600',
  },
  good: {
    part: 'method',
    yaml: 'type: oauth2\nauthorization:\n  type: oauth2\n  token: $.credentials.accessToken\n  tokenExpiresIn: 3600\nrefreshAuthentication:\n  action:\n    actionId: refresh\n    actionType: refresh_token\n    steps:\n      - stepId: exchange\n        stepFunction: {functionName: request, parameters: {url: /token, method: post}}',
  },
  visit: {
    method({ map, entry, key, type, authorization }, report) {
      const isOAuth = type === 'oauth2' || textOf(memberOf(authorization, 'type')) === 'oauth2'
      if (
        isOAuth &&
        memberOf(map, 'refreshAuthentication') === undefined &&
        lacksKey(map, 'refreshAuthentication')
      )
        report(entry.key, { message: `"${key}" is OAuth 2.0 and has no \`refreshAuthentication\`.` })
    },
  },
})
