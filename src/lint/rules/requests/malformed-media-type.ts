import { nearestName } from '../../../errors/index.ts'
import { defineRule } from '../../rule.ts'

const mediaTypes = [
  'application/json',
  'application/x-www-form-urlencoded',
  'application/xml',
  'application/octet-stream',
  'application/pdf',
  'application/vnd.api+json',
  'application/merge-patch+json',
  'application/json-patch+json',
  'application/scim+json',
  'application/soap+xml',
  'application/graphql',
  'multipart/form-data',
  'text/plain',
  'text/xml',
  'text/html',
  'text/csv',
]

export const malformedMediaType = defineRule({
  code: 'lint/malformed-media-type',
  severity: 'warning',
  title: 'A media type that is misspelt',
  why: 'A provider that does not know the type refuses the body (415), or answers in another format.',
  remedy: 'Write a registered media type: `application/json`.',
  bad: { part: 'arg', yaml: 'name: Content-Type\nin: headers\nvalue: aplication/json' },
  good: { part: 'arg', yaml: 'name: Content-Type\nin: headers\nvalue: application/json' },
  visit: {
    expression({ scalar, text, place, name = '' }, report) {
      if (place !== 'header' || !/^(?:content-type|accept)$/i.test(name)) return
      check(text, name, (message, hint) => report(scalar, { message, hint }))
    },
  },
})

function check(text: string, name: string, say: (message: string, hint: string | undefined) => void): void {
  if (/\$/.test(text) || text.includes('{{')) return
  for (const part of text.split(',')) {
    const type = (part.split(';')[0] ?? '').trim().toLowerCase()
    if (type === '*/*' || mediaTypes.includes(type)) continue
    const meant = nearestName(type, mediaTypes)
    const close = meant !== undefined && Math.abs(meant.length - type.length) <= 2
    if (close && !/[+.]/.test(type)) say(`"${type}" is not a media type.`, `Did you mean \`${meant}\`?`)
    else if (!/^[\w.+-]+\/[\w.+*-]+$/.test(type)) say(`The value of ${name} is not a media type.`, undefined)
  }
}
