import { nearestName } from '../../../errors/index.ts'
import { replaceScalar } from '../../edit-text.ts'
import { defineRule } from '../../rule.ts'

const headers = [
  'Accept',
  'Accept-Encoding',
  'Accept-Language',
  'Authorization',
  'Cache-Control',
  'Content-Disposition',
  'Content-Encoding',
  'Content-Language',
  'Content-Type',
  'Cookie',
  'If-Match',
  'If-Modified-Since',
  'If-None-Match',
  'Idempotency-Key',
  'Origin',
  'Prefer',
  'Range',
  'Referer',
  'User-Agent',
]
const lower = headers.map((name) => name.toLowerCase())

export const misspeltHeader = defineRule({
  code: 'lint/misspelt-header',
  severity: 'warning',
  title: 'A header name that looks misspelt, or cannot be one',
  why: 'Servers ignore headers they do not know: `Content-Typ` is sent and does nothing.',
  remedy: 'Correct the name; names of headers have letters, digits and dashes.',
  bad: { part: 'arg', yaml: 'name: Content-Typ\nin: headers\nvalue: application/json' },
  good: { part: 'arg', yaml: 'name: Content-Type\nin: headers\nvalue: application/json' },
  visit: {
    arg({ name, nameNode, in: where }, report) {
      if (where !== 'headers' || name === '' || lower.includes(name.toLowerCase())) return
      if (!/^[!#$%&'*+.^`|~\w-]+$/.test(name))
        return report(nameNode, { severity: 'error', message: `"${name}" cannot be the name of a header.` })
      if (/^x-/i.test(name) || name.length < 5) return
      const meant = headers[lower.indexOf(nearestName(name.toLowerCase(), lower) ?? '')]
      if (meant === undefined) return
      report(nameNode, {
        message: `No header is called "${name}".`,
        hint: `Did you mean \`${meant}\`?`,
        fix: nameNode.kind === 'scalar' ? replaceScalar(`Write ${meant}`, nameNode, meant) : undefined,
      })
    },
  },
})
