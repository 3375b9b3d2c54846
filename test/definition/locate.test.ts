import { expect, test } from '@jest/globals'
import { connector, parse, textAt } from './text-at.ts'

const root = 'acme.connector.s1.yaml'

function locateIn(description: string, part: string): string {
  const files = { [root]: connector().replace('description: A provider', `description: ${description}`) }
  const { model } = parse(files)
  const value = model?.definition.info.description ?? ''
  const start = value.indexOf(part)
  expect(start).not.toBe(-1)
  const location = model?.locateInScalar(['info', 'description'], start, start + part.length)
  return location ? textAt(files, location) : ''
}

test.each([
  ['plain', 'one ${two} three', '${two}'],
  ['single quotes', "'it''s ${two}'", '${two}'],
  ['double quotes', '"one ${two}"', '${two}'],
  ['double quotes with escapes', '"a\\tb \\u00e9 \\U0001F600 ${two}"', '${two}'],
  ['a text over two lines', 'one\n    ${two} three', '${two}'],
  ['a literal block', '|\n    one\n      ${two}\n    three', '${two}'],
  ['a folded block', '>\n    one\n    ${two} three', '${two}'],
])('a part of a text in %s is found in the file', (_style, text, part) => {
  expect(locateIn(text, part)).toBe(part)
})

test('keys, values and absent paths are located', () => {
  const files = { [root]: connector() }
  const { model } = parse(files)
  const text = (path: (string | number)[], part?: 'key' | 'value') => {
    const location = model?.locate(path, part)
    return location && textAt(files, location)
  }
  expect(text(['info', 'key'])).toBe('acme')
  expect(text(['info', 'key'], 'key')).toBe('key')
  expect(text(['actions', 0, 'actionId'])).toBe('list_people')
  expect(text(['info', 'key', 'absent', 3])).toBe('acme')
})

test('lines and columns count from 1, whatever the line ends and marks before', () => {
  const bytes = new TextEncoder().encode(`\uFEFF${connector().replaceAll('\n', '\r\n')}`)
  const { model, diagnostics } = parse({ [root]: bytes })
  expect(diagnostics).toEqual([])
  const range = model?.locate(['info', 'key']).range
  expect(range?.start).toMatchObject({ line: 4, column: 8 })
  expect(range?.end).toMatchObject({ line: 4, column: 12 })
})
