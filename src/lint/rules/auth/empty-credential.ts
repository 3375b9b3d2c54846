import { firstLine } from '../../first-line.ts'
import { lacksKey } from '../../lacks-key.ts'
import { defineRule } from '../../rule.ts'
import { asScalar, entryOf, memberOf, textOf } from '../../view/read-tree.ts'

const needed: Readonly<Record<string, readonly string[]>> = {
  basic: ['username'],
  bearer: ['token'],
  oauth2: ['token'],
}

export const emptyCredential = defineRule({
  code: 'lint/empty-credential',
  severity: 'error',
  title: 'An authorization without its credential',
  why: 'The header goes out empty, and the provider refuses every call.',
  remedy: 'Give it an expression that reads a credential.',
  bad: { part: 'method', yaml: 'authorization:\n  type: basic\n  password: x' },
  good: {
    part: 'method',
    yaml: 'authorization:\n  type: basic\n  username: $.credentials.apiKey\n  password: x',
  },
  visit: {
    method({ authorization }, report) {
      if (authorization === undefined) return
      const type = textOf(memberOf(authorization, 'type')) ?? ''
      const parts = Object.hasOwn(needed, type) ? (needed[type] ?? []) : []
      for (const part of parts) {
        const entry = entryOf(authorization, part)
        const value = asScalar(entry?.value)?.value
        if (
          entry === undefined
            ? lacksKey(authorization, part) && type === 'basic'
            : value === null || (typeof value === 'string' && value.trim() === '')
        )
          report(entry?.key ?? firstLine(authorization), {
            message: `The ${type} authorization has no \`${part}\`.`,
          })
      }
    },
  },
})
