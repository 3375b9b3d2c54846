import { addEntry, replaceScalar } from '../../edit-text.ts'
import { isSecretName } from '../../knowledge/secrets.ts'
import { lacksKey } from '../../lacks-key.ts'
import { defineRule } from '../../rule.ts'
import { asScalar, entryOf, memberOf, textOf } from '../../view/read-tree.ts'

export const secretNotMarked = defineRule({
  code: 'lint/secret-not-marked',
  severity: 'warning',
  title: 'A secret that is not marked as one',
  why: 'What is not marked secret is shown again in forms, logs and traces.',
  remedy: 'Write `secret: true` and `type: password`.',
  bad: {
    part: 'field',
    yaml: 'key: apiToken\nlabel: API Token\ntype: password\nrequired: true\nsecret: false',
  },
  good: {
    part: 'field',
    yaml: 'key: apiToken\nlabel: API Token\ntype: password\nrequired: true\nsecret: true',
  },
  visit: {
    field({ map, key, type, secret, keyNode }, report) {
      if (secret || entryOf(map, 'computed') !== undefined) return
      if (type !== 'password' && (!isSecretName(key) || type === 'select')) return
      if (entryOf(map, 'secret') === undefined && !lacksKey(map, 'secret')) return
      const node = asScalar(memberOf(map, 'secret'))
      // `scopes`, `tokenUrl` and such are named after secrets and are none.
      if (textOf(node) === 'false' && type !== 'password' && /url|endpoint|scope|name|id$/i.test(key)) return
      report(node ?? keyNode, {
        message: `The field "${key}" holds a secret and is not marked as one.`,
        fix:
          node === undefined
            ? addEntry('Mark it secret', map, 'secret', 'true')
            : replaceScalar('Mark it secret', node, 'true'),
      })
    },
  },
})
