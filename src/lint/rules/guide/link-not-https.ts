import type { SourceNode } from '../../../definition/index.ts'
import { replaceSpan } from '../../edit-text.ts'
import { defineRule, type ReportFinding } from '../../rule.ts'
import { spanIn } from '../../span-in.ts'
import { mapsOf, memberAt, memberOf, textsOf } from '../../view/read-tree.ts'

export const linkNotHttps = defineRule({
  code: 'lint/link-not-https',
  severity: 'warning',
  title: 'A link that is not https',
  why: 'Links of guides, support and documents are shown to people about to type in a key. Over http anybody on the way can show them another page; without a scheme the link does not work at all.',
  remedy: 'Write the whole address with https; `mailto:` for an e-mail address.',
  bad: { part: 'method', yaml: 'support:\n  link: http://acme.example/help' },
  good: { part: 'method', yaml: 'support:\n  link: https://acme.example/help' },
  visit: {
    connector({ root, info }, report) {
      check(memberOf(root, 'resources'), false, report)
      check(memberAt(info, 'assets', 'icon'), true, report)
      for (const item of mapsOf(memberAt(root, 'documentation', 'references')))
        check(memberOf(item, 'url'), true, report)
    },
    method({ map, guide }, report) {
      check(memberAt(map, 'support', 'link'), true, report)
      for (const section of mapsOf(memberOf(guide, 'sections'))) {
        check(memberOf(section, 'text'), false, report)
        for (const step of mapsOf(memberOf(section, 'steps'))) check(memberOf(step, 'text'), false, report)
      }
    },
    action({ map }, report) {
      check(memberOf(map, 'resources'), false, report)
    },
  },
})

function check(node: SourceNode | undefined, isLink: boolean, report: ReportFinding): void {
  for (const scalar of textsOf(node)) {
    const text = scalar.value
    if (typeof text !== 'string') continue
    // A picture within the file leads nowhere; the namespace of an SVG looks like a link and is none.
    if (isLink && /^data:image\//i.test(text.trim())) continue
    const at = text.search(/\bhttp:\/\/(?!localhost|127\.)/i)
    if (at !== -1) {
      const span = spanIn(scalar, { start: at, end: at + 7 })
      report(span, { message: 'The link is not https.', fix: replaceSpan('Write https', span, 'https://') })
    } else if (isLink && !/^(?:https:\/\/|mailto:)/i.test(text.trim()))
      report(scalar, { message: `"${text.slice(0, 60)}" is not an https address.` })
  }
}
