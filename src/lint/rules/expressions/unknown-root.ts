import { nearestName } from '../../../errors/index.ts'
import { replaceSpan } from '../../edit-text.ts'
import { stateRoots } from '../../knowledge/state-roots.ts'
import { defineRule } from '../../rule.ts'
import { spanIn } from '../../span-in.ts'

export const unknownRoot = defineRule({
  code: 'lint/unknown-root',
  severity: 'error',
  title: 'A path that starts at nothing',
  why: 'Expressions read the state of a run: inputs, credentials, steps and a few more. Any other first name gives nothing, always.',
  remedy: 'Start the path with `inputs`, `credentials`, `steps` or `context`.',
  bad: { part: 'arg', yaml: 'name: q\nin: query\nvalue: $.input.person_id' },
  good: { part: 'arg', yaml: 'name: q\nin: query\nvalue: $.inputs.person_id' },
  visit: {
    expression({ compiled, scalar, scope, text, call }, report) {
      if (scope !== 'state') return
      for (const { segments, range, path } of compiled?.reads ?? []) {
        const [root] = segments
        if (typeof root !== 'string' || stateRoots.includes(root) || path.startsWith('..')) continue
        if (call?.functionName.startsWith('soap') === true && root === 'pageIterator') continue
        const meant = nearestName(root, stateRoots)
        const at = spanIn(scalar, range)
        const offset = text.indexOf(root, range.start.offset)
        const name = offset === -1 ? at : spanIn(scalar, { start: offset, end: offset + root.length })
        report(name, {
          message: `Nothing is called "${root}" here.`,
          hint: meant === undefined ? undefined : `Did you mean \`${meant}\`?`,
          fix: meant === undefined || offset === -1 ? undefined : replaceSpan(`Write ${meant}`, name, meant),
        })
      }
    },
  },
})
