import { firstLine } from '../../first-line.ts'
import { lacksKey } from '../../lacks-key.ts'
import { defineRule } from '../../rule.ts'
import { memberOf, textOf } from '../../view/read-tree.ts'

export const tokenNeverExpires = defineRule({
  code: 'lint/token-never-expires',
  severity: 'warning',
  title: 'A token whose end is not known',
  why: 'Without `tokenExpiresIn`, and without an `expiresIn` from the refresh, a token counts as valid for ever: it is renewed only after calls have failed.',
  remedy:
    'Give `tokenExpiresIn` in seconds, as the provider documents it; or map `expiresIn` in the refresh.',
  bad: {
    part: 'method',
    yaml: 'type: oauth2\nauthorization:\n  type: oauth2\n  token: $.credentials.accessToken',
  },
  good: {
    part: 'method',
    yaml: 'type: oauth2\nauthorization:\n  type: oauth2\n  token: $.credentials.accessToken\n  tokenExpiresIn: 3600',
  },
  visit: {
    method({ authorization, map }, report) {
      if (authorization === undefined || textOf(memberOf(authorization, 'type')) !== 'oauth2') return
      const refresh = memberOf(map, 'refreshAuthentication')
      if (!lacksKey(authorization, 'tokenExpiresIn', ['tokenRefreshExpiresIn'])) return
      if (refresh !== undefined && /\bexpiresIn\b/.test(refresh.file.text.slice(refresh.start, refresh.end)))
        return
      report(firstLine(authorization), { message: 'Nothing says when the access token ends.' })
    },
  },
})
