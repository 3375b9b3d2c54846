import { firstLine } from '../../first-line.ts'
import { lacksKey } from '../../lacks-key.ts'
import { defineRule } from '../../rule.ts'
import { asMap, entryOf, memberOf, textOf } from '../../view/read-tree.ts'

const mostPages = 100_000
const mostRows = 100_000_000

export const noPageCeiling = defineRule({
  code: 'lint/no-page-ceiling',
  severity: 'warning',
  title: 'A listing without a ceiling',
  why: 'A provider that ignores the page parameter gives the same rows for ever. A ceiling ends the listing; one that is never reached is none. The default of `x-mainspring.paging` is 10,000 pages; `paginated_request` by page has one only where it is written.',
  remedy: 'Give `maxPage` to the iterator, or lower the ceiling to what the provider can have.',
  bad: {
    part: 'step',
    yaml: 'stepId: list\nstepFunction:\n  functionName: paginated_request\n  parameters:\n    url: /people\n    method: get\n    response: {dataKey: people}\n    iterator: {key: page, in: query, mode: page}',
  },
  good: {
    part: 'step',
    yaml: 'stepId: list\nstepFunction:\n  functionName: paginated_request\n  parameters:\n    url: /people\n    method: get\n    response: {dataKey: people}\n    iterator: {key: page, in: query, mode: page, maxPage: 500}',
  },
  visit: {
    call({ parameters, functionName }, report) {
      const iterator = asMap(memberOf(parameters, 'iterator'))
      if (!functionName.includes('paginated') || iterator === undefined) return
      if (textOf(memberOf(iterator, 'mode')) === 'page' && lacksKey(iterator, 'maxPage', ['startPage']))
        report(firstLine(iterator), { message: 'The listing by page has no `maxPage`.' })
    },
    step({ extension }, report) {
      const paging = memberOf(extension, 'paging')
      for (const [key, most] of [
        ['maxPages', mostPages],
        ['maxRows', mostRows],
      ] as const) {
        const entry = entryOf(paging, key)
        if (entry !== undefined && Number(textOf(entry.value)) > most)
          report(entry.value, { message: `A ceiling of ${textOf(entry.value)} is never reached.` })
      }
    },
  },
})
