import { nearestName } from '../../../errors/index.ts'
import { defineRule } from '../../rule.ts'
import { spanIn } from '../../span-in.ts'
import type { CallView } from '../../view/connector-view.ts'

interface Segment {
  readonly call: CallView
  readonly start: number
  readonly text: string
}

/** The paths of an API share their words, so that one which is nearly another was probably meant to be it. */
export const misspeltSegment = defineRule({
  code: 'lint/misspelt-segment',
  severity: 'warning',
  title: 'A path segment that is nearly one used elsewhere',
  why: 'A slip in a path is a 404 in use. The other requests of the connector show what the words of its API are.',
  remedy: 'Correct the word; where both exist, disable this rule at the line, with that as the reason.',
  bad: {
    part: 'connector',
    yaml: 'actions:\n  - actionId: list_people\n    steps:\n      - stepId: list\n        stepFunction: {functionName: request, parameters: {url: /v2/people, method: get}}\n  - actionId: get_me\n    steps:\n      - stepId: get\n        stepFunction: {functionName: request, parameters: {url: /v2/people/me, method: get}}\n  - actionId: get_boss\n    steps:\n      - stepId: get\n        stepFunction: {functionName: request, parameters: {url: /v2/poeple/boss, method: get}}',
  },
  good: {
    part: 'connector',
    yaml: 'actions:\n  - actionId: list_people\n    steps:\n      - stepId: list\n        stepFunction: {functionName: request, parameters: {url: /v2/people, method: get}}\n  - actionId: get_me\n    steps:\n      - stepId: get\n        stepFunction: {functionName: request, parameters: {url: /v2/people/me, method: get}}',
  },
  visit: {
    connector({ actions, flows }, report) {
      const segments = [...flows, ...actions].flatMap((action) =>
        action.steps.flatMap((step) => step.calls.flatMap(segmentsOf)),
      )
      const counts = new Map<string, number>()
      for (const { text } of segments) counts.set(text, (counts.get(text) ?? 0) + 1)
      const common = [...counts].filter(([, count]) => count > 1).map(([text]) => text)
      for (const { call, start, text } of segments) {
        if (counts.get(text) !== 1 || call.url === undefined) continue
        const meant = nearestName(text, common)
        if (meant === undefined || !isSlip(text, meant)) continue
        const other = segments.find((segment) => segment.text === meant)?.call.url
        report(spanIn(call.url, { start, end: start + text.length }), {
          message: `"${text}" is used here only, and "${meant}" elsewhere.`,
          hint: `Did you mean \`${meant}\`?`,
          related: other === undefined ? undefined : [{ message: `"${meant}" stands here.`, at: other }],
        })
      }
    },
  },
})

function segmentsOf(call: CallView): readonly Segment[] {
  const text = call.url?.value
  if (!call.isRequest || typeof text !== 'string' || text.trim().startsWith('{{')) return []
  const plain = text.replaceAll(/\$\{[^}]*\}/g, (hole) => '/'.repeat(hole.length)).replace(/[?#].*$/s, '')
  return [...plain.matchAll(/[^/]+/g)].map((found) => ({ call, start: found.index, text: found[0] }))
}

/** Not a plural, not another version, and long enough to be no chance. */
function isSlip(text: string, meant: string): boolean {
  if (text.length < 4 && !/^v\d/.test(meant)) return false
  if (/\d/.test(text) || /\d/.test(meant)) return text.replaceAll(/\d+/g, '') !== meant.replaceAll(/\d+/g, '')
  const plural = (word: string) => word.replace(/(?:ies|y)$/, 'y').replace(/e?s$/, '')
  return plural(text) !== plural(meant) && distanceOf(text, meant) <= 2
}

/** Changes of one letter, and swaps of two neighbours as one change. */
function distanceOf(one: string, other: string): number {
  const rows: number[][] = [Array.from({ length: other.length + 1 }, (_, index) => index)]
  for (let i = 1; i <= one.length; i += 1) {
    const row = [i]
    for (let j = 1; j <= other.length; j += 1) {
      const cost = one[i - 1] === other[j - 1] ? 0 : 1
      let best = Math.min(
        (rows[i - 1]?.[j] ?? 99) + 1,
        (row[j - 1] ?? 99) + 1,
        (rows[i - 1]?.[j - 1] ?? 99) + cost,
      )
      if (i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1])
        best = Math.min(best, (rows[i - 2]?.[j - 2] ?? 99) + 1)
      row.push(best)
    }
    rows.push(row)
  }
  return rows[one.length]?.[other.length] ?? 99
}
