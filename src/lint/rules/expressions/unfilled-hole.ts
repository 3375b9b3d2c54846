import { defineRule } from '../../rule.ts'
import { spanIn } from '../../span-in.ts'

export const unfilledHole = defineRule({
  code: 'lint/unfilled-hole',
  severity: 'error',
  title: 'A hole that nothing can fill',
  why: 'What stands in it is neither a program nor a path, so that it is sent as it is written.',
  remedy: 'Mend the expression in the hole.',
  bad: { part: 'arg', yaml: "name: q\nin: query\nvalue: 'id-${inputs.person_id +}'" },
  good: { part: 'arg', yaml: "name: q\nin: query\nvalue: 'id-${inputs.person_id}'" },
  visit: {
    expression({ compiled, scalar }, report) {
      for (const part of compiled?.template ?? []) {
        if (part.kind !== 'hole' || part.problem === undefined) continue
        // A key with a space or a colon works as a path alone.
        if (
          part.paths.length > 0 &&
          /^[\w .:[\]*'"-]+$/.test(part.source) &&
          !/[+=<>!&|?(,]\s*$/.test(part.source)
        )
          continue
        report(spanIn(scalar, part.range), {
          message: `The hole \`\${${part.source}}\` cannot be filled: ${part.problem.message}`,
        })
      }
    },
  },
})
