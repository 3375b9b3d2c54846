import { nearestName } from '../../../errors/index.ts'
import { replaceSpan } from '../../edit-text.ts'
import { defineRule } from '../../rule.ts'
import { isWritten, spanOfSegment } from '../../span-of-segment.ts'
import type { ActionView, InputView } from '../../view/connector-view.ts'
import { isTrue, memberAt, memberOf, textOf } from '../../view/read-tree.ts'

export const unknownInput = defineRule({
  code: 'lint/unknown-input',
  severity: 'error',
  title: 'An expression that reads an input that does not exist',
  why: 'Callers cannot give it, since unknown inputs are refused: the value is never there.',
  remedy: 'Declare the input, or correct the name.',
  bad: { part: 'arg', yaml: 'name: q\nin: query\nvalue: $.inputs.persn_id' },
  good: { part: 'arg', yaml: 'name: q\nin: query\nvalue: $.inputs.person_id' },
  visit: {
    expression(expression, report) {
      const { compiled, action } = expression
      if (action === undefined || expression.scope === 'body' || expression.scope === 'error') return
      for (const read of compiled?.reads ?? []) {
        if (read.segments[0] !== 'inputs') continue
        let known: readonly InputView[] = action.inputs
        let path = ''
        let isList = false
        for (const [index, segment] of read.segments.entries()) {
          if (index === 0 || typeof segment === 'number') continue
          if (index > 1 && (known.length === 0 || (segment === 'length' && isList))) break
          const names = [...known.map(({ name }) => name), ...(index === 1 ? pageInputs(action) : [])]
          const found = known.find(({ name }) => name === segment)
          path = path === '' ? segment : `${path}.${segment}`
          if (names.includes(segment)) {
            known = found?.properties ?? []
            isList = found !== undefined && isTrue(memberOf(found.map, 'array'))
            // A list or text has members that no definition names.
            if (found === undefined || found.type !== 'object') break
            continue
          }
          const meant = nearestName(segment, names)
          const at = spanOfSegment(expression, read, index)
          const own = known.find(({ name }) => name === meant)
          report(at, {
            message:
              action.flow === 'action'
                ? `The action has no input "${path}".`
                : `This action runs without inputs, so there is no "${path}".`,
            hint: meant === undefined ? undefined : `Did you mean \`${meant}\`?`,
            related: own === undefined ? undefined : [{ message: 'Declared here.', at: own.nameNode }],
            fix:
              meant === undefined || !isWritten(expression, read, index)
                ? undefined
                : replaceSpan(`Write ${meant}`, at, meant),
          })
          break
        }
      }
    },
  },
})

/** Inputs that the engine takes for a listing without their being declared. */
function pageInputs(action: ActionView): readonly string[] {
  const names: string[] = []
  for (const step of action.steps) {
    const paging = memberOf(step.extension, 'paging')
    if (paging !== undefined)
      names.push(
        textOf(memberOf(paging, 'pageSizeInput')) ?? 'page_size',
        textOf(memberOf(paging, 'cursorInput')) ?? 'cursor',
      )
    if (step.calls.some(({ functionName }) => functionName.includes('paginated')))
      names.push('page_size', 'cursor')
  }
  if (memberAt(action.map, 'result', 'next') !== undefined || memberOf(action.map, 'cursor') !== undefined)
    names.push('page_size', 'cursor')
  return names
}
