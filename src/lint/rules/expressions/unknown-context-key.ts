import { nearestName } from '../../../errors/index.ts'
import { replaceSpan } from '../../edit-text.ts'
import { contextKeys } from '../../knowledge/state-roots.ts'
import { defineRule } from '../../rule.ts'
import { isWritten, spanOfSegment } from '../../span-of-segment.ts'

const otherRoots: Readonly<Record<string, readonly string[]>> = {
  context: contextKeys,
  iterator: ['item', 'index', 'current'],
  connector: ['key', 'title', 'version'],
  action: ['id', 'label'],
}

export const unknownContextKey = defineRule({
  code: 'lint/unknown-context-key',
  severity: 'warning',
  title: 'A part of the run that does not exist',
  why: '`context`, `iterator`, `connector` and `action` hold a fixed set of names; any other one is never there.',
  remedy: 'Read one of the names that the reference of expressions lists.',
  bad: { part: 'arg', yaml: 'name: kind\nin: query\nvalue: $.context.authentificationType' },
  good: { part: 'arg', yaml: 'name: kind\nin: query\nvalue: $.context.authenticationType' },
  visit: {
    expression(expression, report) {
      const { compiled, scope } = expression
      if (scope !== 'state') return
      for (const read of compiled?.reads ?? []) {
        const [root, key] = read.segments
        const known =
          typeof root === 'string' && Object.hasOwn(otherRoots, root) ? otherRoots[root] : undefined
        if (known === undefined || typeof key !== 'string' || known.includes(key)) continue
        const meant = nearestName(key, known)
        // The original may hold more than was seen of it, so only a slip of a known name is certain.
        if (meant === undefined && root !== 'iterator') continue
        const at = spanOfSegment(expression, read, 1)
        report(at, {
          message: `\`${root}\` has no "${key}".`,
          hint: meant === undefined ? `There are: ${known.join(', ')}.` : `Did you mean \`${meant}\`?`,
          fix:
            meant === undefined || !isWritten(expression, read, 1)
              ? undefined
              : replaceSpan(`Write ${meant}`, at, meant),
        })
      }
    },
  },
})
