import type { ProgramNode } from '../../../expression/index.ts'
import { booleanFunctions } from '../../knowledge/functions.ts'
import { defineRule } from '../../rule.ts'
import type { ActionView, InputView } from '../../view/connector-view.ts'
import { memberAt, textOf, textsOf } from '../../view/read-tree.ts'
import { mayHoldProgram, visitPrograms } from '../../visit-program.ts'

export const neverEqual = defineRule({
  code: 'lint/never-equal',
  severity: 'warning',
  title: 'A comparison of things that never match',
  why: 'A boolean is never the text "true", and an enum is never a value outside its list: the branch behind the comparison is dead.',
  remedy: 'Compare with a value of the same type that can occur.',
  bad: {
    part: 'arg',
    yaml: 'name: q\nin: query\nvalue: 1\ncondition: "{{present(inputs.person_id) == \'true\'}}"',
  },
  good: {
    part: 'arg',
    yaml: "name: q\nin: query\nvalue: 1\ncondition: '{{present(inputs.person_id) == true}}'",
  },
  visit: {
    expression(expression, report) {
      if (!mayHoldProgram(expression) || !/[=!]=/.test(expression.text)) return
      visitPrograms(expression, (node, spanOf) => {
        if (node.kind !== 'binary' || (node.operator !== '==' && node.operator !== '!=')) return
        for (const [side, other] of [
          [node.left, node.right],
          [node.right, node.left],
        ] as const) {
          const reason = other.kind === 'literal' ? mismatch(side, other.value, expression.action) : undefined
          if (reason === undefined) continue
          report(spanOf(node), {
            message: `${reason}, so that this is always ${node.operator === '==' ? 'false' : 'true'}.`,
          })
          return
        }
      })
    },
  },
})

function mismatch(
  side: ProgramNode,
  value: string | number | boolean,
  action: ActionView | undefined,
): string | undefined {
  if (side.kind === 'literal')
    // biome-ignore lint/suspicious/noDoubleEquals: the language compares loosely
    return side.value == value ? undefined : `"${side.value}" is not "${value}"`
  const gives = isBoolean(side) ? 'boolean' : undefined
  if (gives === 'boolean' && typeof value === 'string' && !['', '0', '1'].includes(value))
    return `The left side is true or false, and never the text "${value}"`
  const input = inputOf(side, action)
  if (input === undefined) return undefined
  if (input.type === 'boolean' && typeof value === 'string' && !['', '0', '1'].includes(value))
    return `The input "${input.name}" is true or false, and never the text "${value}"`
  if (
    input.type === 'number' &&
    typeof value === 'string' &&
    value.trim() !== '' &&
    Number.isNaN(Number(value))
  )
    return `The input "${input.name}" is a number, and never "${value}"`
  if (input.type === 'enum' && typeof value === 'string') {
    const values = textsOf(memberAt(input.map, 'oneOf', 'values')).map((node) => textOf(node))
    if (values.length > 0 && !values.includes(value) && value !== '')
      return `The input "${input.name}" has no value "${value}"`
  }
  return undefined
}

function isBoolean(node: ProgramNode): boolean {
  if (node.kind === 'not') return true
  if (node.kind === 'call') return node.name !== undefined && booleanFunctions.has(node.name)
  return node.kind === 'binary' && ['==', '!=', '<', '<=', '>', '>=', 'in'].includes(node.operator)
}

function inputOf(node: ProgramNode, action: ActionView | undefined): InputView | undefined {
  if (node.kind !== 'member' || node.object.kind !== 'name' || node.object.name !== 'inputs') return undefined
  return action?.inputs.find(({ name }) => name === node.name)
}
