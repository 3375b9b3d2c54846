import { findCredential, isSecretName, looksRandom } from '../../knowledge/secrets.ts'
import { defineRule } from '../../rule.ts'
import { spanOfText } from '../../span-in.ts'
import type { ExpressionView } from '../../view/connector-view.ts'

export const hardcodedCredential = defineRule({
  code: 'lint/hardcoded-credential',
  severity: 'error',
  title: 'A credential written into the definition',
  why: 'Definitions are shared and committed: whoever reads the file has the key, and every account would use the same one.',
  remedy:
    'Ask for it in a field of `configFields` or `setupFields` and read it as `$.credentials.<key>`; and withdraw the key at the provider.',
  bad: {
    part: 'arg',
    yaml: 'name: Authorization\nin: headers\nvalue: Bearer 9f86d081884c7d659a2feaa0c55ad015',
  },
  good: { part: 'arg', yaml: "name: Authorization\nin: headers\nvalue: 'Bearer ${credentials.apiKey}'" },
  visit: {
    expression(expression, report) {
      const { compiled, scalar, text } = expression
      const known = findCredential(text)
      if (known !== undefined) {
        report(spanOfText(scalar, known.match), { message: `This looks like ${known.what}.` })
        return
      }
      if (compiled?.kind !== 'text' || !carriesCredentials(expression)) return
      const word = text
        .split(/[\s,;:=]+/)
        .find(
          (part) =>
            looksRandom(part) ||
            (/^(?:bearer|basic|token)\s+\S{12,}$/i.test(text.trim()) && text.trim().endsWith(part)),
        )
      if (word !== undefined)
        report(spanOfText(scalar, word), { message: 'A credential is written here as a text.' })
    },
  },
})

function carriesCredentials({ place, name = '', text }: ExpressionView): boolean {
  if (text.includes('://')) return false
  if (place === 'authorization' && /^(?:token|username|password|customHeaders|tokenParams)$/.test(name))
    return true
  return /^(?:authorization|x-.*(?:key|token|secret|auth).*|api[-_]?key)$/i.test(name) || isSecretName(name)
}
