import { replaceSpan } from '../../edit-text.ts'
import { defineRule } from '../../rule.ts'
import { spanIn } from '../../span-in.ts'

/** Found by its first name: no literal value looks like this. */
const unmarked = /^(?:\.|\$?\{?\{?)?(?:inputs|credentials|steps|iterator|context)\.[A-Za-z_][\w.[\]']*\}?\}?$/

export const pathWithoutMark = defineRule({
  code: 'lint/path-without-mark',
  severity: 'error',
  title: 'A path that is sent as a text',
  why: 'Without `$.` in front, the words themselves are the value: the provider receives "inputs.name".',
  remedy: 'Write `$.` before the path.',
  bad: { part: 'arg', yaml: 'name: q\nin: query\nvalue: inputs.person_id' },
  good: { part: 'arg', yaml: 'name: q\nin: query\nvalue: $.inputs.person_id' },
  visit: {
    expression({ compiled, scalar, text, place }, report) {
      if (compiled?.kind !== 'text' || place === 'condition' || place === 'match') return
      const trimmed = text.trim()
      if (unmarked.test(trimmed)) {
        const bare = trimmed.replace(/^\.|^\$?\{*/, '').replace(/\}*$/, '')
        report(scalar, {
          message: `"${trimmed}" is a plain text here, not a path.`,
          hint: `Write \`$.${bare}\`.`,
          fix:
            bare === trimmed && scalar.style === 'plain'
              ? replaceSpan(`Write $.${bare}`, scalar, `$.${bare}`)
              : undefined,
        })
        return
      }
      // A field of a record that lost its `$`.
      if ((place === 'field' || place === 'source') && /^\.[A-Za-z_]\w*(?:\.\w+)*$/.test(trimmed)) {
        report(scalar, {
          message: `"${trimmed}" is a plain text here, not a path.`,
          hint: `Write \`$${trimmed}\`.`,
        })
        return
      }
      // A hole that lost a brace or its mark: `/people/{inputs.id}`, `/people/$inputs.id}`.
      const broken =
        /\$?\{(?:inputs|credentials|steps)\.[\w.]+(?!\w*\})|(?<!\$)\{(?:inputs|credentials|steps|iterator)\.[\w.]+\}|\$(?:inputs|credentials|steps)\.[\w.]+\}?/.exec(
          text,
        )
      if (broken !== null)
        report(spanIn(scalar, { start: broken.index, end: broken.index + broken[0].length }), {
          message: `"${broken[0]}" is not a whole hole, and stays in the text as it is.`,
          hint: 'Write `${…}`.',
        })
    },
  },
})
