import { defineRule } from '../../rule.ts'
import { mayHoldProgram, visitPrograms } from '../../visit-program.ts'

export const mixedAndOr = defineRule({
  code: 'lint/mixed-and-or',
  severity: 'warning',
  title: 'And beside or without parentheses',
  why: 'In this language `&&` and `||` bind alike, from left to right: `a || b && c` means `(a || b) && c`, not what it means elsewhere.',
  remedy: 'Write the parentheses.',
  bad: {
    part: 'arg',
    yaml: "name: q\nin: query\nvalue: 1\ncondition: '{{inputs.a || inputs.b && inputs.c}}'",
  },
  good: {
    part: 'arg',
    yaml: "name: q\nin: query\nvalue: 1\ncondition: '{{inputs.a || (inputs.b && inputs.c)}}'",
  },
  visit: {
    expression(expression, report) {
      const { text } = expression
      if (!mayHoldProgram(expression) || !text.includes('||') || !text.includes('&&')) return
      visitPrograms(expression, (node, spanOf) => {
        if (node.kind !== 'binary' || node.operator !== '&&' || node.left.kind !== 'binary') return
        if (node.left.operator !== '||') return
        const left = spanOf(node.left)
        // Parentheses close behind the left side where they are written.
        if (
          left.file.text
            .slice(left.end, left.end + 3)
            .trimStart()
            .startsWith(')')
        )
          return
        report(spanOf(node), { message: '`||` is evaluated before `&&` here, from left to right.' })
      })
    },
  },
})
