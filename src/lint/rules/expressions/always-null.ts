import type { ProgramNode } from '../../../expression/index.ts'
import { defineRule } from '../../rule.ts'

export const alwaysNull = defineRule({
  code: 'lint/always-null',
  severity: 'error',
  title: 'An expression that can only come to nothing',
  why: 'No data makes it give a value, so what it fills is always empty.',
  remedy: 'Write the value that is meant, or remove the expression.',
  bad: { part: 'arg', yaml: "name: q\nin: query\nvalue: '{{ }}'" },
  good: { part: 'arg', yaml: "name: q\nin: query\nvalue: '{{inputs.person_id}}'" },
  visit: {
    expression(expression, report) {
      const { compiled, scalar, text } = expression
      if (compiled === undefined) return
      if (compiled.kind === 'text') {
        // `${}` is no hole, and stays as it is written.
        if (/\$\{\s*\}/.test(text))
          report(scalar, { message: 'The hole is empty, and stays in the text as it is.' })
        return
      }
      // Calls that fail and transforms have findings of their own.
      const [program] = expression.programs()
      if (
        compiled.kind === 'template'
          ? program !== undefined && !isNothing(program.tree)
          : program !== undefined && hasCall(program.tree)
      )
        return
      if (compiled.kind === 'template') {
        if (/\$\{\s*\}/.test(text))
          report(scalar, { message: 'The hole is empty, and stays in the text as it is.' })
        return
      }
      if (compiled.constant && (compiled.evaluateSafely({}) ?? null) === null)
        report(scalar, { message: 'This expression comes to nothing, whatever the data.' })
    },
  },
})

function isNothing(node: ProgramNode): boolean {
  return node.kind === 'name' && (node.name === 'null' || node.name === 'undefined')
}

function hasCall(node: ProgramNode): boolean {
  return node.kind === 'call' || node.kind === 'transform'
}
