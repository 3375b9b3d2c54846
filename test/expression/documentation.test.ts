import { readFileSync } from 'node:fs'
import { describe, expect, test } from '@jest/globals'
import { ExpressionError } from '../../src/errors/index.ts'
import { compileExpression, expressionFunctionNames, expressionLimits } from '../../src/expression/index.ts'
import { differenceGroups } from './argued-differences.ts'

const reference = readFileSync(new URL('../../docs/reference/expressions.md', import.meta.url), 'utf8')
const differences = readFileSync(
  new URL('../../docs/reference/expression-differences.md', import.meta.url),
  'utf8',
)

describe('the reference of expressions', () => {
  const context = JSON.parse(/```json\n([\s\S]*?)```/.exec(reference)?.[1] ?? '') as unknown
  const examples = rowsUnder(reference, 'Expression')

  test('has its examples in tables that are found here', () => {
    expect(examples.length).toBeGreaterThan(90)
  })

  test.each(examples)('%s comes to %s', (expression, result) => {
    const { evaluate } = compileExpression(expression)
    if (result === 'error') expect(() => evaluate(context)).toThrow(ExpressionError)
    else expect(evaluate(context)).toEqual(result === 'nothing' ? undefined : JSON.parse(result))
  })

  test.each(rowsUnder(reference, 'Refused'))('%s is refused', (expression) => {
    expect(() => compileExpression(expression)).toThrow(
      expect.objectContaining({ code: 'expression/syntax' }),
    )
  })

  test('names every function', () => {
    const named = rowsUnder(reference, 'Function').flatMap(
      ([signatures]) => signatures.match(/\w+(?=\()/g) ?? [],
    )
    expect(named).toEqual(expressionFunctionNames)
  })

  test('gives every limit', () => {
    const given = rowsUnder(reference, 'Limit').map(([, value]) => Number(value))
    expect(given).toEqual(Object.values(expressionLimits))
  })
})

test('every group of argued differences has its section, and every such section a group', () => {
  const [argued = ''] = differences.split('## Also different')
  const sections = [...argued.matchAll(/^## (.+)$/gm)].map(([, title]) => title)
  expect(sections).toEqual(Object.keys(differenceGroups))
})

/** The first two cells of every row of the tables whose first column has that title; code marks taken off. */
function rowsUnder(text: string, title: string): [string, string][] {
  const rows: [string, string][] = []
  let inside = false
  for (const line of text.split('\n')) {
    if (!line.startsWith('|')) inside = false
    else if (line.startsWith(`| ${title} |`)) inside = true
    else if (inside && !line.startsWith('|---')) {
      const [, first = '', second = ''] = line.split(/(?<!\\)\|/).map(unquoted)
      rows.push([first, second])
    }
  }
  return rows
}

function unquoted(cell: string): string {
  const text = cell.trim().replaceAll('\\|', '|')
  const code = /^(`+)([\s\S]*)\1$/.exec(text)
  return code !== null && !text.includes('`, `') ? (code[2] ?? '') : text
}
