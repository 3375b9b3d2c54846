import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from '@jest/globals'
import { Ajv } from 'ajv'
import { parse } from 'yaml'
import { readConfig } from '../../src/lint/config/read-config.ts'

const schema = JSON.parse(readFileSync('schemas/config.schema.json', 'utf8'))
const validate = new Ajv({ allErrors: true }).compile(schema)
const folder = mkdtempSync(join(tmpdir(), 'mainspring-config-'))

afterAll(() => rmSync(folder, { recursive: true }))

function read(text: string) {
  const file = join(folder, 'mainspring.config.yaml')
  writeFileSync(file, text)
  return readConfig(file)
}

/** The keys that the reader names where it meets one that it does not know. */
function keysOfReader(text: string): readonly string[] {
  const hints = read(text).diagnostics.map(({ hint }) => hint)
  const listed = hints.map((hint) => /Its keys are: (.+)\./.exec(hint)?.[1]).find((one) => one !== undefined)
  return listed?.split(', ').sort() ?? []
}

describe('the schema and the reader know the same keys', () => {
  test('of the configuration', () => {
    expect(keysOfReader('zzzzzzzzzz: 1\n')).toEqual(Object.keys(schema.properties).sort())
  })

  test('of an override', () => {
    const override = schema.properties.overrides.items.properties
    expect(keysOfReader('overrides:\n  - {paths: [a], rules: {}, zzzzzzzzzz: 1}\n')).toEqual(
      Object.keys(override).sort(),
    )
  })
})

/** Every key with values that are right and wrong for it, each by itself. */
const values: Readonly<Record<string, readonly string[]>> = {
  rules: [
    '{}',
    '{lint/insecure-url: off}',
    '{lint/insecure-url: loud}',
    '{lint/insecure-url: 1}',
    '[]',
    'text',
  ],
  maxWarnings: ['0', '20', '-1', '1.5', '"20"', 'true', '[]'],
  baseline: ['debts.json', '""', '5', 'true', '[]', '{}'],
  overrides: [
    '[]',
    '[{paths: ["a/**"], rules: {lint/insecure-url: error}}]',
    '[{paths: ["a/**"], rules: {}}, {paths: [b], rules: {lint/insecure-url: info}}]',
    '[{paths: [], rules: {}}]',
    '[{paths: [""], rules: {}}]',
    '[{paths: [5], rules: {}}]',
    '[{paths: [a, 5], rules: {}}]',
    '[{paths: a, rules: {}}]',
    '[{paths: [a]}]',
    '[{rules: {}}]',
    '[{paths: [a], rules: []}]',
    '[{paths: [a], rules: {}, also: 1}]',
    '[a]',
    '{}',
  ],
}

test('every key of the schema has values to try', () => {
  expect(Object.keys(values).sort()).toEqual(Object.keys(schema.properties).sort())
})

describe.each(Object.entries(values))('%s', (key, all) => {
  test.each(all)('the reader takes what the schema takes: %s', (value) => {
    const text = `${key}: ${value}\n`
    const { config, diagnostics } = read(text)
    const taken = { schema: validate(parse(text)), reader: config !== null }
    expect({ ...taken, found: diagnostics.length > 0 }).toEqual({
      schema: taken.schema,
      reader: taken.schema,
      found: !taken.schema,
    })
  })

  test('some are right and some are wrong', () => {
    expect(new Set(all.map((value) => validate(parse(`${key}: ${value}\n`))))).toEqual(new Set([true, false]))
  })
})

test('a file with nothing in it is a configuration that says nothing', () => {
  for (const text of ['', '# nothing yet\n', '{}\n']) expect(read(text).diagnostics).toEqual([])
})
